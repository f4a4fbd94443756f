package dev.bootproof.publisher;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.PlainText;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The evidence of phases, read from the registry by digest.
 *
 * <p>Failure: throws {@link RegistryException}.
 */
@ApplicationScoped
class Evidence {
    private static final long LARGEST = 64L << 20;
    private static final int TAIL_BYTES = 64 << 10;
    private static final int TAIL_LINES = 200;
    private static final int LONGEST_LINE = 4096;

    private final Registry registry;

    Evidence(Registry registry) {
        this.registry = registry;
    }

    /**
     * A file of an artifact.
     *
     * @param artifact the artifact, by digest
     * @param layer the file
     */
    record Item(ImageRef artifact, Descriptor layer) {
        String name() {
            return String.valueOf(layer.title());
        }

        /** Its name as the path of an address: the name came from a guest. */
        String path() {
            return Arrays.stream(name().split("/", -1))
                    .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                    .collect(Collectors.joining("/"));
        }
    }

    /** The files that were kept of a phase; none where there is no evidence. */
    List<Item> files(PhaseResult phase) {
        ImageRef artifact = phase.evidence();
        if (artifact == null) {
            return List.of();
        }
        return registry.manifest(artifact).layers().stream()
                .filter(layer -> layer.title() != null)
                .map(layer -> new Item(artifact, layer))
                .toList();
    }

    /** This file of a phase, where it was kept and is not too large to show. */
    Optional<Item> file(PhaseResult phase, String name) {
        return files(phase).stream()
                .filter(file -> file.name().equals(name))
                .filter(file -> file.layer().size() <= LARGEST)
                .findFirst();
    }

    /** The bytes of a file as they come, verified at their end. */
    InputStream open(Item file) {
        return registry.blob(file.artifact(), file.layer());
    }

    /** The last lines of a text. */
    String tail(Item file) {
        try (InputStream bytes = open(file)) {
            Deque<byte[]> chunks = new ArrayDeque<>(2);
            for (byte[] chunk = bytes.readNBytes(TAIL_BYTES); chunk.length > 0; chunk = bytes.readNBytes(TAIL_BYTES)) {
                if (chunks.size() == 2) {
                    chunks.removeFirst();
                }
                chunks.addLast(chunk);
            }
            return lastLines(chunks);
        } catch (IOException e) {
            throw new RegistryException(RegistryException.Kind.UNAVAILABLE, file.name() + ": " + e.getMessage(), e);
        }
    }

    /** A serial line ends in one or more carriage returns and a line feed, which are one line end. */
    private static String lastLines(Deque<byte[]> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(new String(chunk, StandardCharsets.UTF_8)));
        List<String> lines = text.toString()
                .replaceAll("\\r+\\n", "\n")
                .lines()
                .map(Evidence::plain)
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** A console's line without what drives a terminal or turns the direction of reading. */
    private static String plain(String line) {
        return PlainText.lines(line.replace("\r", ""), LONGEST_LINE);
    }
}
