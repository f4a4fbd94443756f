package dev.bootproof.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something to push: files, and what is said about them. The same artifact pushed twice is the same digest, because
 * nothing is added to it, not even the time.
 *
 * @param type its artifact type
 * @param files its files, one layer each
 * @param annotations what is said about the whole
 * @param subject what it is about, or null
 */
public record Artifact(
        String type,
        List<File> files,
        Map<String, String> annotations,
        @Nullable Descriptor subject) {
    public Artifact {
        files = List.copyOf(files);
        annotations = Map.copyOf(annotations);
    }

    /**
     * A file of an artifact; it must not change while it is pushed.
     *
     * @param name the name it is found by
     * @param mediaType its media type
     * @param path where it lies
     * @param annotations what else is said about it
     */
    public record File(String name, String mediaType, Path path, Map<String, String> annotations) {
        public File {
            annotations = Map.copyOf(annotations);
        }

        /** A file of which nothing else is said. */
        public File(String name, String mediaType, Path path) {
            this(name, mediaType, path, Map.of());
        }
    }
}
