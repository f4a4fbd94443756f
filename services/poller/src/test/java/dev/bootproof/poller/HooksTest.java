package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PollerLab.class)
class HooksTest {
    private static final String PUSH = """
            {"events":[{"action":"%s","target":{"repository":"%s","tag":"latest",
             "mediaType":"application/vnd.oci.image.manifest.v1+json"},"request":{"host":"registry.internal:5000"}}]}""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Inject
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    @ConfigProperty(name = "test.registry")
    String registry;

    @Test
    void aPushToAWatchedStreamIsPassedOnUnderWhateverNameTheRegistryHas() throws Exception {
        // When
        HttpResponse<String> answer = post(PUSH.formatted("push", "org/pushed"), PollerLab.SECRET);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("1 streams");
    }

    @Test
    void whatIsNotWatchedIsIgnored() throws Exception {
        // When
        HttpResponse<String> evidence = post(PUSH.formatted("push", "bootproof/evidence"), PollerLab.SECRET);
        HttpResponse<String> pull = post(PUSH.formatted("pull", "org/pushed"), PollerLab.SECRET);

        // Then
        assertThat(evidence.body()).startsWith("0 streams");
        assertThat(pull.body()).startsWith("0 streams");
    }

    @Test
    void whatIsNoEnvelopeIsRefusedWithASentence() throws Exception {
        // When
        HttpResponse<String> broken = post("{\"events\":[", PollerLab.SECRET);
        HttpResponse<String> other = post("[]", PollerLab.SECRET);

        // Then
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("this is no JSON");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("send {\"events\":[...]}");
    }

    @Test
    void withoutTheSecretNothingIsTaken() throws Exception {
        // When
        HttpResponse<String> answer = post(PUSH.formatted("push", "org/pushed"), "guessed");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsNotRead() throws Exception {
        // When
        HttpResponse<String> answer = post(" ".repeat((1 << 20) + 1), PollerLab.SECRET);

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void thePageShowsHowLookingGoes() {
        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode rows = EventJson.mapper().readTree(get("/streams"));
            assertThat(rows).anySatisfy(row -> {
                assertThat(row.path("stream").asText()).isEqualTo(registry + "/org/polled:latest");
                assertThat(row.path("watched").asBoolean()).isTrue();
                assertThat(row.path("lastOutcome").asText()).isIn("not-found", "unchanged", "moved");
                assertThat(row.path("lastLookedAt").asText()).isNotEmpty();
            });
        });
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String body, String secret) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/hooks/distribution"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/vnd.docker.distribution.events.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
