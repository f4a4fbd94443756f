package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo OS as an OCI layout, made once for every state of its sources.
 *
 * @param home the lab's directory
 * @param installation where its script is
 */
record DemoImage(Home home, Installation installation) {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String VERSION = "org.opencontainers.image.version";

    /** The layout; made now where there is none of these sources. */
    Path layout(Terminal terminal) {
        Path layout = home.demoImages().resolve(sources());
        if (!Files.exists(layout.resolve("index.json"))) {
            terminal.line("making the demo OS from Debian packages (about half a minute, once)");
            try {
                Files.createDirectories(home.demoImages());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            new Script(
                            installation.demoScript(),
                            List.of("--out", layout.toString()),
                            home.directory().resolve("logs/demo-os.log"))
                    .run(LIMIT, terminal);
        }
        return layout;
    }

    private String sources() {
        Path directory = installation.demoSources();
        try (Stream<Path> files = Files.walk(directory)) {
            StringBuilder all = new StringBuilder();
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file ->
                            all.append(directory.relativize(file)).append('\n').append(Script.content(file)));
            return Digest.of(all.toString()).abbreviated();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " could not be read", e);
        }
    }

    /** The same layers as another version: a layout beside the first, with blobs that take no space of their own. */
    Path relabelled(Path layout, String version) {
        Path next = layout.resolveSibling("next");
        try {
            Files.createDirectories(next.resolve("blobs/sha256"));
            link(layout.resolve("blobs/sha256"), next.resolve("blobs/sha256"));
            Files.copy(layout.resolve("oci-layout"), next.resolve("oci-layout"), REPLACE);
            JsonNode index =
                    EventJson.mapper().readTree(layout.resolve("index.json").toFile());
            Files.write(next.resolve("index.json"), EventJson.write(renamed(index, next, version)));
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(next + " could not be written", e);
        }
    }

    private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> blobs = Files.list(from)) {
            for (Path blob : blobs.toList()) {
                Path name = to.resolve(blob.getFileName());
                if (!Files.exists(name)) {
                    Files.createLink(name, blob);
                }
            }
        }
    }

    private static JsonNode renamed(JsonNode index, Path layout, String version) throws IOException {
        ObjectNode manifestEntry = (ObjectNode) index.withArray("manifests").get(0);
        ObjectNode manifest = (ObjectNode) blob(layout, manifestEntry);
        ObjectNode configEntry = (ObjectNode) manifest.get("config");
        ObjectNode config = (ObjectNode) blob(layout, configEntry);
        config.withObject("/config/Labels").put(VERSION, version);
        store(layout, configEntry, config);
        manifest.withObject("/annotations").put(VERSION, version);
        store(layout, manifestEntry, manifest);
        return index;
    }

    private static JsonNode blob(Path layout, JsonNode descriptor) throws IOException {
        Digest digest = new Digest(descriptor.get("digest").textValue());
        return EventJson.mapper()
                .readTree(layout.resolve("blobs/sha256").resolve(digest.hex()).toFile());
    }

    private static void store(Path layout, ObjectNode descriptor, JsonNode content) throws IOException {
        byte[] bytes = EventJson.write(content);
        Digest digest = Digest.of(bytes);
        Files.write(layout.resolve("blobs/sha256").resolve(digest.hex()), bytes);
        descriptor.put("digest", digest.value()).put("size", bytes.length);
    }
}
