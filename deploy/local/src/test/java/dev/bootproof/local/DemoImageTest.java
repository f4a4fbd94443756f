package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoImageTest {
    @TempDir
    Path directory;

    private String store(Path layout, String content) throws IOException {
        Digest digest = Digest.of(content);
        Files.writeString(
                Files.createDirectories(layout.resolve("blobs/sha256")).resolve(digest.hex()), content);
        return "{\"digest\":\"" + digest + "\",\"size\":" + content.getBytes(StandardCharsets.UTF_8).length + "}";
    }

    private Path layout() throws IOException {
        Path layout = directory.resolve("first");
        String layer = store(layout, "a layer");
        String config = store(layout, "{\"config\":{\"Labels\":{\"org.opencontainers.image.version\":\"1\"}}}");
        String manifest = store(layout, "{\"config\":" + config + ",\"layers\":[" + layer + "]}");
        Files.writeString(layout.resolve("index.json"), "{\"manifests\":[" + manifest + "]}");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    private static JsonNode blob(Path layout, JsonNode descriptor) throws IOException {
        Digest digest = new Digest(descriptor.path("digest").asText());
        byte[] content = Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest.hex()));
        assertThat(Digest.of(content)).isEqualTo(digest);
        assertThat(content).hasSize(descriptor.path("size").asInt());
        return EventJson.mapper().readTree(content);
    }

    @Test
    void anotherVersionHasAnotherDigestAndTheSameLayers() throws IOException {
        // Given
        Path layout = layout();
        DemoImage image = new DemoImage(new Home(directory), new Installation(directory, directory));

        // When
        Path next = image.relabelled(layout, "2");

        // Then
        JsonNode before =
                EventJson.mapper().readTree(layout.resolve("index.json").toFile());
        JsonNode after = EventJson.mapper().readTree(next.resolve("index.json").toFile());
        assertThat(after).isNotEqualTo(before);
        JsonNode manifest = blob(next, after.at("/manifests/0"));
        assertThat(manifest.get("layers"))
                .isEqualTo(blob(layout, before.at("/manifests/0")).get("layers"));
        assertThat(blob(next, manifest.get("config"))
                        .at("/config/Labels/org.opencontainers.image.version")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void blobsOfAnotherVersionTakeNoSpaceOfTheirOwn() throws IOException {
        // Given
        Path layout = layout();
        String layer = Digest.of("a layer").hex();

        // When
        Path next = new DemoImage(new Home(directory), new Installation(directory, directory)).relabelled(layout, "2");

        // Then
        assertThat(Files.getAttribute(next.resolve("blobs/sha256/" + layer), "unix:nlink"))
                .isEqualTo(2);
    }
}
