package dev.bootproof.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An OCI image layout with one image.
 *
 * @param directory where it is
 */
record Layout(Path directory) {
    /** Writes the files of a layer. */
    interface LayerFiles {
        void to(TarArchiveOutputStream tar) throws IOException;
    }

    /** An image for linux/amd64 with nothing in it. */
    static Layout empty(Path directory) {
        try {
            Files.createDirectories(directory.resolve("blobs/sha256"));
            Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Layout layout = new Layout(directory);
            ObjectNode config = EventJson.mapper().createObjectNode();
            config.put("architecture", "amd64").put("os", "linux");
            config.withObject("/rootfs").put("type", "layers").withArray("diff_ids");
            ObjectNode manifest = EventJson.mapper().createObjectNode().put("schemaVersion", 2);
            manifest.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
            ObjectNode entry =
                    manifest.withObject("/config").put("mediaType", "application/vnd.oci.image.config.v1+json");
            layout.store(entry, EventJson.write(config));
            manifest.withArray("layers");
            ObjectNode index = EventJson.mapper().createObjectNode().put("schemaVersion", 2);
            ObjectNode first = index.withArray("manifests").addObject();
            first.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
            layout.store(first, EventJson.write(manifest));
            Files.write(directory.resolve("index.json"), EventJson.write(index));
            return layout;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A layout beside this one with one more layer on top; the blobs below are shared. */
    Layout with(String name, LayerFiles files) {
        try {
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(plain)) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                files.to(tar);
            }
            return with(name, plain.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a layer that is a tar already. */
    Layout with(String name, byte[] layer) throws IOException {
        Layout next = copy(directory.resolveSibling(name));
        next.append(layer);
        return next;
    }

    /** The digest of the last layer. */
    Digest lastLayer() {
        try {
            JsonNode layers = blob(index().path("manifests").path(0)).path("layers");
            return new Digest(layers.path(layers.size() - 1).path("digest").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same elsewhere; the blobs take no space of their own where that can be. */
    Layout copy(Path target) {
        try {
            Files.createDirectories(target.resolve("blobs/sha256"));
            try (Stream<Path> blobs = Files.list(directory.resolve("blobs/sha256"))) {
                for (Path blob : blobs.toList()) {
                    share(blob, target.resolve("blobs/sha256").resolve(blob.getFileName()));
                }
            }
            Files.copy(directory.resolve("oci-layout"), target.resolve("oci-layout"));
            Files.copy(directory.resolve("index.json"), target.resolve("index.json"));
            return new Layout(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void share(Path blob, Path target) throws IOException {
        try {
            Files.createLink(target, blob);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(blob, target);
        }
    }

    private void append(byte[] layer) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(layer);
        }
        JsonNode index = index();
        ObjectNode manifestEntry = (ObjectNode) index.path("manifests").path(0);
        ObjectNode manifest = (ObjectNode) blob(manifestEntry);
        ObjectNode configEntry = (ObjectNode) manifest.path("config");
        ObjectNode config = (ObjectNode) blob(configEntry);
        ObjectNode added = manifest.withArray("layers").addObject();
        added.put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip");
        store(added, packed.toByteArray());
        config.withObject("/rootfs").withArray("diff_ids").add(Digest.of(layer).value());
        config.remove("history");
        store(configEntry, EventJson.write(config));
        store(manifestEntry, EventJson.write(manifest));
        Files.write(directory.resolve("index.json"), EventJson.write(index));
    }

    private JsonNode index() throws IOException {
        return EventJson.mapper().readTree(directory.resolve("index.json").toFile());
    }

    private JsonNode blob(JsonNode descriptor) throws IOException {
        Digest digest = new Digest(descriptor.path("digest").asText());
        return EventJson.mapper()
                .readTree(
                        directory.resolve("blobs/sha256").resolve(digest.hex()).toFile());
    }

    private void store(ObjectNode descriptor, byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        Path file = directory.resolve("blobs/sha256").resolve(digest.hex());
        if (!Files.exists(file)) {
            Files.write(file, content);
        }
        descriptor.put("digest", digest.value()).put("size", content.length);
    }
}
