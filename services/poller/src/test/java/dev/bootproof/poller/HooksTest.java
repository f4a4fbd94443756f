package dev.bootproof.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    @Test
    void githubSignsWhatItSends() throws Exception {
        // Given
        String body = """
                {"action":"published","registry_package":{"name":"pushed","namespace":"org","package_type":"CONTAINER",
                 "package_version":{"container_metadata":{"tag":{"name":"latest"}}}}}""";

        // When
        HttpResponse<String> signed = github(body, hmac(body), "registry_package");
        HttpResponse<String> forged = github(body, hmac(body + " "), "registry_package");
        HttpResponse<String> ping = github("{}", hmac("{}"), "ping");

        // Then
        assertThat(signed.statusCode()).isEqualTo(200);
        assertThat(signed.body()).startsWith("1 streams may have moved");
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(ping.statusCode()).isEqualTo(202);
        assertThat(get("/q/metrics")).contains("bootproof_hook_events_total{kind=\"ignored\",receiver=\"github\"}");
    }

    @Test
    void aReceiverWithoutASecretListensToThisMachineOnly() throws Exception {
        // Given
        String body = "{\"docker_url\":\"%s/org/pushed\",\"updated_tags\":[\"latest\",\"other\"]}".formatted(registry);

        // When
        HttpResponse<String> here = send("quay", body, Map.of());
        HttpResponse<String> through = send("quay", body, Map.of("X-Forwarded-For", "192.0.2.1"));
        HttpResponse<String> nobody = send("nobody", body, Map.of());

        // Then
        assertThat(here.statusCode()).isEqualTo(200);
        assertThat(here.body()).startsWith("1 streams may have moved");
        assertThat(through.statusCode()).isEqualTo(403);
        assertThat(through.body()).contains("put a secret into hook-quay");
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("distribution, zot, github, quay, harbor");
    }

    @Test
    void harborShowsItsSecretPlainly() throws Exception {
        // Given
        String body = """
                {"type":"PUSH_ARTIFACT","event_data":{"resources":[{"tag":"latest",
                 "resource_url":"%s/org/pushed:latest"}]}}""".formatted(registry);

        // When
        HttpResponse<String> right = send("harbor", body, Map.of("Authorization", PollerLab.SECRET));
        HttpResponse<String> basic = send(
                "harbor",
                body,
                Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("me:" + PollerLab.SECRET).getBytes(UTF_8))));
        HttpResponse<String> wrong = send("harbor", body, Map.of("Authorization", "guessed"));
        HttpResponse<String> none = send("harbor", body, Map.of());

        // Then
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(basic.statusCode()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(none.statusCode()).isEqualTo(401);
    }

    @Test
    void thePageForPeopleIsHtml() throws Exception {
        // When
        HttpRequest request = HttpRequest.newBuilder(address("/streams?find=polled"))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        // Then
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).contains("org/polled:latest").doesNotContain("org/gated:latest");
    }

    private HttpResponse<String> github(String body, String signature, String event) throws Exception {
        return send("github", body, Map.of("X-Hub-Signature-256", "sha256=" + signature, "X-GitHub-Event", event));
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(PollerLab.SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    private HttpResponse<String> send(String receiver, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/hooks/" + receiver)).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
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
