package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Change;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Target;
import dev.bootproof.events.Target.Kind;
import dev.bootproof.events.Target.On;
import dev.bootproof.events.Topic;
import dev.bootproof.publisher.Peer.Answer;
import dev.bootproof.publisher.Peer.Request;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.Bus;
import dev.bootproof.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of a verdict, over a real bus and real HTTP. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RegistryResource.class)
class TellTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Change CHANGE = new Change("org/os", 7L, COMMIT);

    private final Bus bus;
    private final Registry registry;
    private final LocalLab lab;
    private final TellingBook book;
    private final HttpClient http = HttpClient.newHttpClient();

    @Nullable
    RegistryResource server;

    @TestHTTPResource("/")
    @Nullable
    URI pages;

    @TempDir
    private Path files;

    private @Nullable Peer peer;

    TellTest(Bus bus, Registry registry, LocalLab lab, TellingBook book) {
        this.bus = bus;
        this.registry = registry;
        this.lab = lab;
        this.book = book;
    }

    @BeforeEach
    void listen() throws IOException {
        peer = Peer.start();
        secret("token", "a token");
    }

    @AfterEach
    void leave() {
        peer().close();
    }

    private Peer peer() {
        return Objects.requireNonNull(peer);
    }

    private void secret(String name, String content) throws IOException {
        Path file = lab.secret(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private Sent run(String run, @Nullable Change change, Target... targets) throws IOException {
        return run(run, "lab/" + run, change, targets);
    }

    private Sent run(String run, String repository, @Nullable Change change, Target... targets) throws IOException {
        Path content = Files.writeString(files.resolve(run), run);
        ImageRef tag = ImageRef.parse(Objects.requireNonNull(server).address() + "/" + repository + ":testing");
        var os = new Artifact.File("os", "text/plain", content);
        ImageRef image = registry.push(tag, new Artifact("application/vnd.os", List.of(os), Map.of(), null));
        Sent sent = Sent.about(run, image)
                .from(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .telling(change, targets);
        bus.send(sent.line(State.HELD, Stage.DISK_BUILDER, 0));
        return sent;
    }

    private Target webhook(String name, On on) {
        return new Target(name, Kind.WEBHOOK, peer().uri("/" + name), null, "token", on);
    }

    private Target github(String name, Kind kind) {
        return new Target(name, kind, peer().uri(""), null, "token", On.ALWAYS);
    }

    private JsonNode target(Sent sent, String name) throws Exception {
        URI uri = Objects.requireNonNull(pages).resolve("/api/runs/" + sent.run());
        String body = http.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
        for (JsonNode target : EventJson.mapper().readTree(body).path("targets")) {
            if (target.path("name").asText().equals(name)) {
                return target;
            }
        }
        return EventJson.mapper().createObjectNode();
    }

    private JsonNode awaitState(Sent sent, String name, String state) {
        return await().atMost(SOON)
                .until(
                        () -> target(sent, name),
                        target -> target.path("state").asText().equals(state));
    }

    private static JsonNode json(Request request) throws IOException {
        return EventJson.mapper().readTree(request.body());
    }

    @Test
    void aWebhookIsToldOnceAndSigned() throws Exception {
        // Given
        Sent sent = run("os-testing-0000000000b1", CHANGE, webhook("hook", On.ALWAYS));

        // When
        bus.send(sent.failed("it boots", "it did not", null));
        awaitState(sent, "hook", "told");
        bus.send(sent.failed("it boots", "it did not", null));
        bus.send(sent.errored(Fault.DEADLINE, "late"));
        Sent next = run("os-testing-0000000000b2", null, webhook("hook", On.ALWAYS));
        bus.send(next.passed());
        awaitState(next, "hook", "told");

        // Then
        List<Request> told = peer().sent("POST", "/hook").stream()
                .filter(request -> request.body().contains(sent.run().value()))
                .toList();
        assertThat(told).hasSize(1);
        Request request = told.getFirst();
        assertThat(request.header("Idempotency-Key")).isEqualTo(sent.run() + "/hook");
        assertThat(request.header("X-Hub-Signature-256"))
                .isEqualTo("sha256=" + Webhook.hmac("a token", request.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(json(request).path("verdict").asText()).isEqualTo("failed");
        assertThat(json(request).path("digest").asText())
                .isEqualTo(sent.digest().value());
        assertThat(json(request).path("change").path("commit").asText()).isEqualTo(COMMIT);
        assertThat(request.body()).doesNotContain("a token");
    }

    @Test
    void whoFailsIsToldAgainAndHoldsNobodyBack() throws Exception {
        // Given
        peer().answer("/hangs", Peer.HANG, Peer.HANG);
        peer().answer("/fails", new Answer(500, "oops", Map.of()), new Answer(429, "", Map.of("Retry-After", "1")));
        Sent sent = run(
                "os-testing-0000000000b3",
                null,
                webhook("hangs", On.ALWAYS),
                webhook("fails", On.ALWAYS),
                webhook("works", On.ALWAYS));

        // When
        bus.send(sent.passed());

        // Then
        awaitState(sent, "works", "told");
        assertThat(target(sent, "hangs").path("state").asText()).isEqualTo("waiting");
        assertThat(awaitState(sent, "fails", "told").path("attempts").asInt()).isEqualTo(3);
        assertThat(awaitState(sent, "hangs", "told").path("attempts").asInt()).isEqualTo(3);
        assertThat(peer().sent("POST", "/fails"))
                .extracting(request -> request.header("Idempotency-Key"))
                .containsOnly(sent.run() + "/fails");
    }

    @Test
    void whatWillNeverWorkIsGivenUpWithASentence() throws Exception {
        // Given
        peer().answer("/gone", new Answer(404, "no such hook", Map.of()));
        peer().answer("/moved", new Answer(302, "", Map.of("Location", "http://elsewhere/")));
        Sent sent = run("os-testing-0000000000b4", null, webhook("gone", On.ALWAYS), webhook("moved", On.ALWAYS));

        // When
        bus.send(sent.passed());

        // Then
        assertThat(awaitState(sent, "gone", "given-up").path("said").asText())
                .contains("HTTP 404: no such hook; there is nobody at this address");
        assertThat(awaitState(sent, "moved", "given-up").path("said").asText()).contains("redirects are not followed");
        assertThat(peer().sent("POST", "/gone")).hasSize(1);
    }

    @Test
    void onlyAChangeIsToldToWhoWantsChanges() throws Exception {
        // Given
        Target hook = webhook("changes", On.CHANGE);
        Sent first = run("os-testing-0000000000b5", "lab/changes", null, hook);
        bus.send(first.passed());
        awaitState(first, "changes", "told");
        Sent second = run("os-testing-0000000000b6", "lab/changes", null, hook);

        // When
        bus.send(second.passed());

        // Then
        assertThat(awaitState(second, "changes", "skipped").path("said").asText())
                .contains("this is none");
        Sent third = run("os-testing-0000000000b7", "lab/changes", null, hook);
        bus.send(third.failed("it boots", "no", null));
        awaitState(third, "changes", "told");
        assertThat(peer().sent("POST", "/changes")).hasSize(2);
        assertThat(json(peer().sent("POST", "/changes").getLast())
                        .path("previous")
                        .asText())
                .isEqualTo("passed");
    }

    @Test
    void gitHubIsToldInItsOwnWords() throws Exception {
        // Given
        Target dispatch =
                new Target("dispatch", Kind.REPOSITORY_DISPATCH, peer().uri(""), "org/factory", "token", On.ALWAYS);
        Sent sent = run(
                "os-testing-0000000000b8",
                CHANGE,
                github("status", Kind.GITHUB_STATUS),
                github("check", Kind.GITHUB_CHECK),
                dispatch);

        // When
        bus.send(sent.failed("it `boots` @everyone", "it did not", null));
        awaitState(sent, "status", "told");
        awaitState(sent, "check", "told");
        awaitState(sent, "dispatch", "told");

        // Then
        Request status = peer().sent("POST", "/repos/org/os/statuses/" + COMMIT).getFirst();
        assertThat(status.header("Authorization")).isEqualTo("Bearer a token");
        assertThat(json(status).path("state").asText()).isEqualTo("failure");
        assertThat(json(status).path("context").asText()).isEqualTo("bootproof / os-testing-0000000000b8 / demo");
        assertThat(json(status).path("target_url").asText()).endsWith("/runs/" + sent.run());
        JsonNode check = json(peer().sent("POST", "/repos/org/os/check-runs").getFirst());
        assertThat(check.path("conclusion").asText()).isEqualTo("failure");
        assertThat(check.path("head_sha").asText()).isEqualTo(COMMIT);
        assertThat(check.path("external_id").asText()).isEqualTo(sent.run() + "/check");
        assertThat(check.path("output").path("summary").asText())
                .startsWith("`1 of 11 tests failed: it  boots  @everyone`")
                .contains("| `boot` | `system` | failed | 10 | 1 | 1 | 1 | 1 |");
        JsonNode event =
                json(peer().sent("POST", "/repos/org/factory/dispatches").getFirst());
        assertThat(event.path("event_type").asText()).isEqualTo("lab-check");
        JsonNode payload = event.path("client_payload");
        assertThat(payload.path("repository").asText()).isEqualTo("org/os");
        assertThat(payload.path("sha").asText()).isEqualTo(COMMIT);
        assertThat(payload.path("check").path("state").asText()).isEqualTo("completed");
        assertThat(payload.path("check").path("external_id").asText()).isEqualTo(sent.run() + "/dispatch");
    }

    @Test
    void aLabThatCouldNotTellIsNeutralAtGitHub() throws Exception {
        // Given
        Sent sent = run("os-testing-0000000000b9", CHANGE, github("check", Kind.GITHUB_CHECK));

        // When
        bus.send(sent.errored(Fault.BOOT_STALLED, "twice"));
        awaitState(sent, "check", "told");

        // Then
        JsonNode check = json(peer().sent("POST", "/repos/org/os/check-runs").getFirst());
        assertThat(check.path("conclusion").asText()).isEqualTo("neutral");
    }

    @Test
    void withoutACommitThereIsNothingToTellGitHub() throws Exception {
        // Given
        Sent sent = run("os-testing-0000000000ba", null, github("status", Kind.GITHUB_STATUS));

        // When
        bus.send(sent.passed());

        // Then
        assertThat(awaitState(sent, "status", "skipped").path("said").asText())
                .contains("org.opencontainers.image.revision");
    }

    @Test
    void theImageItselfSaysWhichCommitItWasMadeFrom() throws Exception {
        // Given
        Path os = Files.writeString(files.resolve("labelled"), "labelled");
        ImageRef tag = ImageRef.parse(Objects.requireNonNull(server).address() + "/lab/labelled:testing");
        Map<String, String> labels = Map.of(
                "org.opencontainers.image.source",
                "https://github.com/org/labelled.git",
                "org.opencontainers.image.revision",
                COMMIT);
        ImageRef image = registry.push(
                tag,
                new Artifact("application/vnd.os", List.of(new Artifact.File("os", "text/plain", os)), labels, null));
        Sent sent = Sent.about("os-testing-0000000000bb", image).telling(null, github("status", Kind.GITHUB_STATUS));
        bus.send(sent.line(State.HELD, Stage.DISK_BUILDER, 0));

        // When
        bus.send(sent.from(Instant.now()).passed());

        // Then
        awaitState(sent, "status", "told");
        assertThat(peer().sent("POST", "/repos/org/labelled/statuses/" + COMMIT))
                .hasSize(1);
    }

    @Test
    void aKillBetweenToldAndWrittenDownDoesNotDoubleACheck() throws Exception {
        // Given
        Target check = github("check", Kind.GITHUB_CHECK);
        Sent sent = run("os-testing-0000000000bc", CHANGE, check);
        String key = sent.run() + "/check";
        peer().answer(
                        "/repos/org/os/commits/" + COMMIT + "/check-runs",
                        new Answer(200, "{\"check_runs\":[{\"external_id\":\"" + key + "\"}]}", Map.of()));

        // When
        bus.send(sent.passed());

        // Then
        assertThat(awaitState(sent, "check", "told").path("said").asText()).isEqualTo("it was told before");
        assertThat(peer().sent("POST", "/repos/org/os/check-runs")).isEmpty();
    }

    @Test
    void whatTheBookSaysIsWaitingIsToldAfterAStart() throws Exception {
        // Given
        Sent other = run("os-testing-0000000000bd", null, webhook("resumed", On.ALWAYS));
        bus.send(other.passed());
        awaitState(other, "resumed", "told");
        Telling told = book.of(other.run() + "/resumed").orElseThrow();
        Telling waiting =
                new Telling(told.target(), told.facts(), Telling.State.WAITING, 3, told.at(), told.at(), "HTTP 500");

        // When
        bus.send(Topic.PUBLISHER_STATE, waiting.key(), EventJson.write(waiting), new RecordHeaders());
        bus.send(other.passed());

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peer().sent("POST", "/resumed"))
                        .hasSize(2)
                        .extracting(request -> request.header("Idempotency-Key"))
                        .containsOnly(waiting.key()));
        assertThat(awaitState(other, "resumed", "told").path("attempts").asInt())
                .isEqualTo(4);
    }

    @Test
    void aMissingSecretIsWaitedForAndSaid() throws Exception {
        // Given
        Target hook = new Target("secretive", Kind.WEBHOOK, peer().uri("/secretive"), null, "late-secret", On.ALWAYS);
        Files.deleteIfExists(lab.secret("late-secret"));
        Sent sent = run("os-testing-0000000000be", null, hook);
        bus.send(sent.passed());
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(target(sent, "secretive").path("said").asText())
                                .contains("the secret late-secret is missing: write it into"));

        // When
        secret("late-secret", "found");

        // Then
        awaitState(sent, "secretive", "told");
        assertThat(peer().sent("POST", "/secretive")).hasSize(1);
    }
}
