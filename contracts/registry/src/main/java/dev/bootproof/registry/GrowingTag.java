package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.RegistryException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact that several writers add files to, under one tag.
 *
 * @param manifests where it is read and written
 * @param tag the tag
 * @param type its artifact type
 * @param most how many files it may have
 */
record GrowingTag(Manifests manifests, ImageRef tag, String type, int most) {
    private static final int ATTEMPTS = 20;

    void add(Descriptor config, List<Descriptor> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<Digest, Descriptor> all = new LinkedHashMap<>();
            manifests
                    .find(tag)
                    .ifPresent(there -> OciJson.view(there).layers().forEach(layer -> all.put(layer.digest(), layer)));
            if (wanted.stream().allMatch(layer -> all.containsKey(layer.digest()))) {
                return;
            }
            wanted.forEach(layer -> all.put(layer.digest(), layer));
            List<Descriptor> newest =
                    all.values().stream().skip(Math.max(0, all.size() - most)).toList();
            var artifact = new Artifact(type, List.of(), Map.of(), null);
            manifests.put(tag, MediaTypes.MANIFEST, OciJson.manifest(artifact, config, newest));
        }
        throw new RegistryException(Kind.UNAVAILABLE, tag + ": others keep overwriting it", null);
    }
}
