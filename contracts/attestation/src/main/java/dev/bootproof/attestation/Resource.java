package dev.bootproof.attestation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run was configured by: a ResourceDescriptor (github.com/in-toto/attestation,
 * {@code spec/v1/resource_descriptor.md}).
 *
 * @param name the suite
 * @param uri where it came from, pinned; null for the lab's own
 * @param digest the digest of its files, by algorithm
 */
public record Resource(String name, @Nullable String uri, Map<String, String> digest) {
    public Resource {
        digest = digest == null ? Map.of() : Map.copyOf(digest);
    }
}
