package dev.bootproof.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of manifests, indexes and descriptors; what is written is in one order, so that equal things have equal digests. */
final class OciJson {
    private OciJson() {}

    static JsonNode parse(byte[] body, String where) {
        try {
            JsonNode tree = EventJson.mapper().readTree(body);
            if (tree.isObject()) {
                return tree;
            }
        } catch (IOException e) {
            throw unreadable(where, e);
        }
        throw unreadable(where, null);
    }

    static ManifestView view(Manifest manifest) {
        JsonNode json = manifest.json();
        return new ManifestView(
                manifest.digest(),
                manifest.mediaType(),
                text(json, "artifactType"),
                json.hasNonNull("config") ? descriptor(json.get("config"), manifest.where()) : null,
                descriptors(json.path("layers"), manifest.where()),
                descriptors(json.path("manifests"), manifest.where()),
                annotations(json));
    }

    static List<Descriptor> descriptors(JsonNode array, String where) {
        List<Descriptor> all = new ArrayList<>();
        array.forEach(one -> all.add(descriptor(one, where)));
        return all;
    }

    static Descriptor descriptor(JsonNode json, String where) {
        try {
            return new Descriptor(
                    json.path("mediaType").asText(MediaTypes.BYTES),
                    new Digest(json.path("digest").asText()),
                    json.path("size").asLong(),
                    text(json, "artifactType"),
                    platform(json.path("platform")),
                    annotations(json));
        } catch (MalformedEvent e) {
            throw unreadable(where, e);
        }
    }

    static byte[] manifest(Artifact artifact, Descriptor config, List<Descriptor> layers) {
        ObjectNode json = head(MediaTypes.MANIFEST);
        json.put("artifactType", artifact.type());
        json.set("config", write(config));
        ArrayNode array = json.putArray("layers");
        layers.forEach(layer -> array.add(write(layer)));
        if (artifact.subject() != null) {
            Descriptor subject = artifact.subject();
            json.set("subject", write(Descriptor.of(subject.mediaType(), subject.digest(), subject.size())));
        }
        annotate(json, artifact.annotations());
        return EventJson.write(json);
    }

    static byte[] index(List<Descriptor> manifests) {
        ObjectNode json = head(MediaTypes.INDEX);
        ArrayNode array = json.putArray("manifests");
        manifests.forEach(manifest -> array.add(write(manifest)));
        return EventJson.write(json);
    }

    private static ObjectNode head(String mediaType) {
        return JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    private static ObjectNode write(Descriptor descriptor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mediaType", descriptor.mediaType());
        json.put("digest", descriptor.digest().value());
        json.put("size", descriptor.size());
        if (descriptor.artifactType() != null) {
            json.put("artifactType", descriptor.artifactType());
        }
        if (descriptor.platform() != null) {
            String[] parts = descriptor.platform().split("/", 3);
            ObjectNode platform = json.putObject("platform");
            platform.put("os", parts[0]);
            platform.put("architecture", parts.length > 1 ? parts[1] : "unknown");
            if (parts.length > 2) {
                platform.put("variant", parts[2]);
            }
        }
        annotate(json, descriptor.annotations());
        return json;
    }

    private static void annotate(ObjectNode json, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode target = json.putObject("annotations");
            new TreeMap<>(annotations).forEach(target::put);
        }
    }

    private static Map<String, String> annotations(JsonNode json) {
        Map<String, String> all = new TreeMap<>();
        json.path("annotations")
                .properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    private static @Nullable String platform(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        String plain =
                json.path("os").asText() + "/" + json.path("architecture").asText();
        return json.hasNonNull("variant") ? plain + "/" + json.path("variant").asText() : plain;
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : null;
    }

    private static RegistryException unreadable(String where, @Nullable Throwable cause) {
        return new RegistryException(
                RegistryException.Kind.MISMATCH, where + ": what the registry served is no OCI manifest", cause);
    }
}
