package dev.bootproof.diskbuilder;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An image in memory as an OCI layout, to be pushed. */
final class TestLayout {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Path directory;
    private final Path blobs;

    TestLayout(Path directory) throws IOException {
        this.directory = directory;
        this.blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** The image itself. */
    Path image(TestImage image) throws IOException {
        return root(MANIFEST, manifest(image));
    }

    /** An index that lists the image for this platform, among others. */
    Path index(TestImage image, String os, String architecture) throws IOException {
        byte[] manifest = manifest(image);
        Map<String, ?> attestation = described(MANIFEST, manifest, Map.of("os", "unknown", "architecture", "unknown"));
        Map<String, ?> ours = described(MANIFEST, manifest, Map.of("os", os, "architecture", architecture));
        byte[] index = EventJson.write(
                Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", List.of(attestation, ours)));
        return root(INDEX, index);
    }

    private byte[] manifest(TestImage image) throws IOException {
        write(image.config());
        List<Map<String, Object>> layers = Stream.iterate(0, n -> n + 1)
                .limit(image.layers().size())
                .map(n -> Map.<String, Object>of(
                        "mediaType", image.layers().get(n).mediaType(),
                        "digest", image.layers().get(n).digest().value(),
                        "size", image.layers().get(n).size()))
                .toList();
        for (var layer : image.layers()) {
            write(image.bytes(image.ref, layer));
        }
        byte[] manifest = EventJson.write(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                described("application/vnd.oci.image.config.v1+json", image.config(), Map.of()),
                "layers",
                layers));
        write(manifest);
        return manifest;
    }

    private Path root(String type, byte[] content) throws IOException {
        write(content);
        byte[] index =
                EventJson.write(Map.of("schemaVersion", 2, "manifests", List.of(described(type, content, Map.of()))));
        Files.write(directory.resolve("index.json"), index);
        return directory;
    }

    private static Map<String, Object> described(String type, byte[] content, Map<String, String> platform) {
        Map<String, Object> plain =
                Map.of("mediaType", type, "digest", Digest.of(content).value(), "size", content.length);
        if (platform.isEmpty()) {
            return plain;
        }
        Map<String, Object> more = new java.util.HashMap<>(plain);
        more.put("platform", platform);
        return more;
    }

    private void write(byte[] content) throws IOException {
        Files.write(blobs.resolve(Digest.of(content).hex()), content);
    }
}
