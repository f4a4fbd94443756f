package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest or an index as it was read.
 *
 * @param digest the digest of its bytes, computed here
 * @param mediaType its media type
 * @param artifactType what kind of artifact it is, where it says so
 * @param config its config; null in an index
 * @param layers its layers; none in an index
 * @param manifests what an index lists; none in a manifest
 * @param annotations what else is said about it
 */
public record ManifestView(
        Digest digest,
        String mediaType,
        @Nullable String artifactType,
        @Nullable Descriptor config,
        List<Descriptor> layers,
        List<Descriptor> manifests,
        Map<String, String> annotations) {
    public ManifestView {
        layers = List.copyOf(layers);
        manifests = List.copyOf(manifests);
        annotations = Map.copyOf(annotations);
    }

    /** Whether it lists manifests instead of layers. */
    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }
}
