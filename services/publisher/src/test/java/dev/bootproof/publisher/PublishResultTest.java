package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.DeadLetters;
import dev.bootproof.testing.KafkaResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RegistryResource.class)
class PublishResultTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Bus bus;
    private final Registry registry;
    private final MeterRegistry metrics;
    private final Persistence persistence;
    private final DeadLetters aside;
    private final HttpClient http = HttpClient.newHttpClient();

    @Nullable
    RegistryResource server;

    @TestHTTPResource("/")
    @Nullable
    URI pages;

    @TempDir
    private Path files;

    PublishResultTest(Bus bus, Registry registry, MeterRegistry metrics, Persistence persistence, DeadLetters aside) {
        this.aside = aside;
        this.bus = bus;
        this.registry = registry;
        this.metrics = metrics;
        this.persistence = persistence;
    }

    private RegistryResource server() {
        return Objects.requireNonNull(server);
    }

    private ImageRef push(String path, String type, Map<String, String> contents) throws IOException {
        List<Artifact.File> all = contents.entrySet().stream()
                .map(entry -> new Artifact.File(entry.getKey(), "text/plain", file(entry.getValue())))
                .toList();
        return registry.push(ImageRef.parse(server().address() + "/" + path), new Artifact(type, all, Map.of(), null));
    }

    private Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(files, "content", ""), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sent image(String run, String repository) throws IOException {
        return Sent.about(run, push(repository + ":testing", "application/vnd.example.os", Map.of("os", run)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = Objects.requireNonNull(pages).resolve(path);
        return http.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private ManifestView result(ImageRef repository, Sent sent) {
        return await().atMost(SOON)
                .until(() -> registry.find(repository.tagged(Names.resultTag(sent.run()))), found -> found.isPresent())
                .orElseThrow();
    }

    private TestsDone stored(ImageRef repository, ManifestView result) {
        return EventJson.read(registry.bytes(repository, result.layers().getFirst()), TestsDone.class);
    }

    private double late() {
        return metrics.get("bootproof.late.verdicts").counter().count();
    }

    @Test
    void aVerdictHangsOnTheTestedDigest() throws Exception {
        // Given
        Sent sent = image("os-testing-00000000000a", "lab/os");

        // When
        bus.send(sent.passed());

        // Then
        ManifestView result = result(sent.image(), sent);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(registry.referrers(sent.image()))
                        .extracting(Descriptor::digest)
                        .contains(result.digest()));
        assertThat(result.artifactType()).isEqualTo(Names.RESULT_TYPE);
        assertThat(result.annotations())
                .containsEntry("dev.bootproof.verdict", "passed")
                .containsEntry("dev.bootproof.digest", sent.digest().value());
        assertThat(stored(sent.image(), result)).isEqualTo(sent.passed());
    }

    @Test
    void aLateVerdictChangesNothing() throws Exception {
        // Given
        Sent sent = image("os-testing-00000000000b", "lab/late");
        bus.send(sent.passed());
        ManifestView first = result(sent.image(), sent);
        double before = late();

        // When
        bus.send(sent.passed());
        bus.send(sent.errored(Fault.DEADLINE, "the suites went on"));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(late()).isEqualTo(before + 1));
        assertThat(result(sent.image(), sent).digest()).isEqualTo(first.digest());
        assertThat(registry.referrers(sent.image()))
                .filteredOn(one -> Names.RESULT_TYPE.equals(one.artifactType()))
                .hasSize(1);
    }

    @Test
    void whereWeMayNotPushTheResultGoesToTheResultsRepository() throws Exception {
        // Given
        Sent here = image("os-testing-00000000000c", "lab/foreign");
        ImageRef foreign = ImageRef.parse(here.image().toString().replace("127.0.0.1", "localhost"));
        Sent sent = new Sent(here.run(), foreign, here.start());

        // When
        bus.send(sent.errored(Fault.BOOT_STALLED, "twice"));

        // Then
        ImageRef results = ImageRef.parse(server().address() + "/bootproof/results");
        ManifestView result = result(results, sent);
        assertThat(result.annotations()).containsEntry("dev.bootproof.verdict", "errored");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(registry.referrers(results.at(sent.digest())))
                        .hasSize(1));
        assertThat(registry.find(foreign.tagged(Names.resultTag(sent.run())))).isEmpty();
    }

    @Test
    void aRegistryThatIsDownLosesNoVerdict() throws Exception {
        // Given
        Sent sent = image("os-testing-00000000000d", "lab/down");
        server().down();
        bus.send(sent.passed());
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(get("/api/runs/" + sent.run()).body()).contains("\"done\""));

        // When
        server().up();

        // Then
        assertThat(stored(sent.image(), result(sent.image(), sent))).isEqualTo(sent.passed());
    }

    @ParameterizedTest
    @CsvSource({"localhost:2,os-testing-0000000000a1", RegistryResource.AWAY + ",os-testing-0000000000a2"})
    void aRegistryThatNeverAnswersHoldsNoVerdictBack(String host, String run) {
        // Given
        ImageRef image = ImageRef.parse(host + "/lab/os:testing").at(Digest.of(run));
        Sent sent = Sent.about(run, image).from(Instant.parse("2026-01-01T00:00:00Z"));

        // When
        bus.send(sent.errored(Fault.REGISTRY_UNAVAILABLE, "no answer"));

        // Then
        ImageRef results = ImageRef.parse(server().address() + "/bootproof/results");
        assertThat(result(results, sent).annotations())
                .containsEntry("dev.bootproof.digest", sent.digest().value());
    }

    @Test
    void aResultStaysWhereItWasStoredFirst() throws Exception {
        // Given
        Sent sent = image("os-testing-0000000000a4", "lab/back");
        ImageRef results = push(
                "bootproof/results:" + Names.resultTag(sent.run()),
                Names.RESULT_TYPE,
                Map.of(Names.RUN_RESULT, "the verdict of when the image's registry was away"));
        double before = late();

        // When
        bus.send(sent.errored(Fault.DEADLINE, "the suites went on"));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(late()).isEqualTo(before + 1));
        assertThat(result(results, sent).digest()).isEqualTo(results.digest());
        assertThat(registry.find(sent.image().tagged(Names.resultTag(sent.run()))))
                .isEmpty();
    }

    @Test
    void aFullDiskIsWaitedFor() {
        // Given
        AtomicInteger attempts = new AtomicInteger();

        // When
        persistence.untilItWorks(new RunId("os-testing-0000000000a3"), () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });

        // Then
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whileTheCanaryDoesNotPassThePageAndTheApiSaySinceWhenAndWhy() throws Exception {
        // Given
        Instant now = Instant.now();
        Sent sick = image("golden-testing-0000000000c1", "lab/golden").from(now);
        Sent mended = image("golden-testing-0000000000c2", "lab/golden").from(now.plusSeconds(60));

        // When
        bus.send(Sent.asCanary(sick.errored(Fault.BOOT_STALLED, "<b>nothing</b>")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/api/lab").body())
                        .contains("\"unwell\"", "\"since\"", "the boot stalled twice"));
        String page = get("/").body();
        bus.send(Sent.asCanary(mended.passed()));

        // Then
        assertThat(page)
                .contains("The lab is unwell since ", "because the canary ", "&lt;b&gt;nothing&lt;/b&gt;")
                .contains("/runs/" + sick.run());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/api/lab").body()).contains("\"well\"", "\"passed\""));
        assertThat(get("/").body()).doesNotContain("The lab is unwell");
    }

    @Test
    void poisonIsListedWithItsReason() throws Exception {
        // Given
        byte[] poison = "{\"runId\":\"<b>\"}".getBytes(StandardCharsets.UTF_8);

        // When
        aside.send(
                new ConsumerRecord<>("tests-done", 0, 0, "nobody", poison),
                new MalformedEvent("runId", "\"<b>\" is not a run id"));

        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(get("/api/rejected").body()).contains("is not a run id", "\"tests-done\""));
        assertThat(get("/").body()).contains("&lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void nothingThatATestSaysIsEverMarkup() throws Exception {
        // Given
        Sent sent = image("os-testing-00000000000e", "lab/escape");
        ImageRef evidence = push(
                "bootproof/results:" + Names.evidenceTag(sent.run(), 0),
                Names.EVIDENCE_TYPE,
                Map.of("console.log", "[  0.1] \u001b[1m<script>boot()</script>", "screenshot.png", "a picture"));

        // When
        bus.send(sent.failed("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", evidence));

        // Then
        String page = "/runs/" + sent.run();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(page).body())
                        .contains("&lt;script&gt;alert(1)", "&lt;img src=x", "&lt;script&gt;boot()")
                        .doesNotContain("<script", "<img src=x"));
        HttpResponse<String> console = get(page + "/evidence/console.log");
        assertThat(console.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(console.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(console.body()).contains("<script>boot()</script>");
        assertThat(get(page + "/screenshot.png").headers().firstValue("Content-Type"))
                .contains("image/png");
    }

    @Test
    void aRunIsFollowedUntilItsLeaseHasEnded() throws Exception {
        // Given
        Sent sent = image("os-testing-00000000000f", "lab/follow");
        URI uri = Objects.requireNonNull(pages).resolve("/api/follow?run=" + sent.run());
        CompletableFuture<HttpResponse<Stream<String>>> following =
                http.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines());

        // When
        bus.send(sent.line(State.HELD, Stage.DISK_BUILDER, 0));
        bus.send(sent.passed());
        bus.send(sent.line(State.RELEASED, Stage.JANITOR, 15, "machine one"));

        // Then
        List<String> lines =
                following.get().body().filter(line -> !line.isBlank()).toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(sent.run().value()));
        assertThat(lines.getLast()).contains("\"state\":\"done\"", "machine one", "\"passed\"");
    }

    @Test
    void whatIsNotThereIsSaidInASentence() throws Exception {
        // Given
        String unknown = "os-testing-0000000000ff";

        // When
        HttpResponse<String> api = get("/api/runs/" + unknown);

        // Then
        assertThat(api.statusCode()).isEqualTo(404);
        assertThat(api.body()).startsWith("there is no run " + unknown);
        assertThat(get("/runs/" + unknown).statusCode()).isEqualTo(404);
        assertThat(get("/api/runs/nonsense").statusCode()).isEqualTo(400);
        assertThat(get("/api/follow").body()).startsWith("say whom to follow");
    }
}
