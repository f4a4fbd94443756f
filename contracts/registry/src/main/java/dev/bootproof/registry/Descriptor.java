package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an OCI manifest says about something else: a layer, a config, another manifest.
 *
 * @param mediaType its media type
 * @param digest its digest
 * @param size its size in bytes
 * @param artifactType what kind of artifact it is, where it says so
 * @param platform what it runs on, as in {@code linux/amd64} or {@code linux/arm64/v8}; null where it does not matter
 * @param annotations what else is said about it
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable String artifactType,
        @Nullable String platform,
        Map<String, String> annotations) {
    /** The annotation that holds a layer's file name. */
    public static final String TITLE = "org.opencontainers.image.title";

    public Descriptor {
        annotations = Map.copyOf(annotations);
    }

    /** Something of this type, digest and size, of which nothing else is said. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, null, Map.of());
    }

    /** The file name of this layer, or null where it has none. */
    public @Nullable String title() {
        return annotations.get(TITLE);
    }
}
