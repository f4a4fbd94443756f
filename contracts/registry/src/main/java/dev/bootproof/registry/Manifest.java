package dev.bootproof.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with its bytes, which alone have its digest.
 *
 * @param where the reference it was read by, for messages
 * @param digest the digest of the bytes
 * @param mediaType its media type
 * @param size how many bytes it is
 * @param json the bytes, parsed
 */
record Manifest(String where, Digest digest, String mediaType, long size, JsonNode json) {
    static Manifest of(String where, @Nullable String contentType, byte[] body) {
        JsonNode json = OciJson.parse(body, where);
        String looks = json.has("manifests") ? MediaTypes.INDEX : MediaTypes.MANIFEST;
        String served = contentType == null ? looks : contentType.split(";", 2)[0].strip();
        String mediaType = json.path("mediaType").asText(served);
        return new Manifest(where, Digest.of(body), mediaType, body.length, json);
    }

    /** What it is about, or null. */
    @Nullable
    Digest subject() {
        JsonNode subject = json.path("subject");
        return subject.isObject() ? OciJson.descriptor(subject, where).digest() : null;
    }

    /** How an index of referrers lists it. */
    Descriptor asReferrer() {
        ManifestView view = OciJson.view(this);
        String type = view.artifactType();
        if (type == null && view.config() != null) {
            type = view.config().mediaType();
        }
        return new Descriptor(mediaType, digest, size, type, null, Map.copyOf(view.annotations()));
    }
}
