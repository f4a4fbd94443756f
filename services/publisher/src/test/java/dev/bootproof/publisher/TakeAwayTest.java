package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.attestation.Attestations;
import dev.bootproof.attestation.Envelope;
import dev.bootproof.attestation.Gate;
import dev.bootproof.attestation.SigningKey;
import dev.bootproof.attestation.Statement;
import dev.bootproof.attestation.TestResult;
import dev.bootproof.attestation.TrustedKey;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.Bus;
import dev.bootproof.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What people and programs take away: signed verdicts, pictures, JUnit, badges. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RegistryResource.class)
class TakeAwayTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BEHAVE = """
            [{"elements": [{"type": "scenario", "name": "it boots", "status": "passed"},
                           {"type": "scenario", "name": "it has a <GPU>", "status": "skipped"},
                           {"type": "scenario", "name": "it sings", "status": "failed"}]}]
            """;

    private final Bus bus;
    private final Registry registry;
    private final LocalLab lab;
    private final HttpClient http = HttpClient.newHttpClient();

    @Nullable
    RegistryResource server;

    @TestHTTPResource("/")
    @Nullable
    URI pages;

    @TempDir
    private Path files;

    TakeAwayTest(Bus bus, Registry registry, LocalLab lab) {
        this.bus = bus;
        this.registry = registry;
        this.lab = lab;
    }

    private ImageRef ref(String path) {
        return ImageRef.parse(Objects.requireNonNull(server).address() + "/" + path);
    }

    private ImageRef push(String path, String type, Map<String, String> contents) {
        List<Artifact.File> all = contents.entrySet().stream()
                .map(entry -> new Artifact.File(entry.getKey(), "text/plain", file(entry.getValue())))
                .toList();
        return registry.push(ref(path), new Artifact(type, all, Map.of(), null));
    }

    private Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(files, "content", ""), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sent image(String run, String repository, String content) {
        return Sent.about(run, push(repository + ":testing", "application/vnd.os", Map.of("os", content)));
    }

    private ImageRef evidence(Sent sent, String picture) {
        return push(
                "bootproof/evidence:" + Names.evidenceTag(sent.run(), 0),
                Names.EVIDENCE_TYPE,
                Map.of(
                        "screenshot.png",
                        "the end",
                        "suites/system/screenshots/01-login.png",
                        "login",
                        "suites/system/screenshots/02-desktop.png",
                        picture,
                        "suites/system/behave.json",
                        BEHAVE));
    }

    private static SuiteResult suite(Verdict verdict, Counts counts) {
        List<SuiteResult.Failure> failures = counts.failed() == 0
                ? List.of()
                : List.of(new SuiteResult.Failure("it sings", "\u0007expected <la>, got \"]]>\"\nand more"));
        List<SuiteResult.Known> known = counts.known() == 0
                ? List.of()
                : List.of(new SuiteResult.Known("it dances", "https://example.org/issues/7"));
        return new SuiteResult(
                "system",
                Digest.of("suite"),
                verdict,
                counts,
                Duration.ofMillis(2300),
                failures,
                "git+https://example.org/suites@0123",
                counts.flaky() == 0 ? List.of() : List.of("it boots"),
                known);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(Objects.requireNonNull(pages).resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private List<Attestations.Found> signed(Sent sent) {
        return new Attestations(registry).about(sent.image());
    }

    private List<TrustedKey> key() {
        return List.of(TrustedKey.read(SigningKey.publicFile(lab.attestationKey())));
    }

    private ManifestView stored(Sent sent) {
        return await().atMost(SOON)
                .until(() -> registry.find(sent.image().tagged(Names.resultTag(sent.run()))), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> alias(String tag) {
        return registry.find(ref("bootproof/results:" + tag))
                .map(found -> String.valueOf(found.annotations().get("dev.bootproof.run")));
    }

    @Test
    void aVerdictIsSignedOnceAndOpensTheGate() {
        // Given
        Sent sent = image("os-testing-0000000000c1", "take/signed", "signed");
        bus.send(sent.line(State.HELD, Stage.DISK_BUILDER, 0));
        SuiteResult suite = suite(Verdict.PASSED, new Counts(12, 0, 1, 1, 1));

        // When
        bus.send(sent.ended(Verdict.PASSED, evidence(sent, "desktop"), suite));
        await().atMost(SOON).untilAsserted(() -> assertThat(signed(sent)).hasSize(1));
        bus.send(sent.ended(Verdict.PASSED, evidence(sent, "desktop"), suite));

        // Then
        Gate.Answer answer = new Gate(registry, null).ask(sent.image(), List.of("system"), key());
        assertThat(answer).isInstanceOf(Gate.Open.class);
        assertThat(answer.sentence()).contains("1 flaky and 1 known to fail");
        Envelope envelope = signed(sent).getFirst().envelope();
        TestResult result = Statement.read(envelope.payload()).predicate();
        assertThat(result.result()).isEqualTo(TestResult.Result.WARNED);
        assertThat(result.passedTests()).containsExactly("system");
        assertThat(result.warnedTests()).containsExactly("system: it boots", "system: it dances");
        assertThat(result.configuration()).singleElement().satisfies(one -> {
            assertThat(one.uri()).isEqualTo("git+https://example.org/suites@0123");
            assertThat(one.digest()).containsEntry("sha256", Digest.of("suite").hex());
        });
        assertThat(result.run().planned()).containsExactly("system");
        assertThat(signed(sent)).hasSize(1);
    }

    @Test
    void aLabThatCouldNotTellSignsNothing() {
        // Given
        Sent sent = image("os-testing-0000000000c2", "take/errored", "errored");

        // When
        bus.send(sent.errored(Fault.BOOT_STALLED, "twice"));

        // Then
        assertThat(stored(sent).annotations()).containsEntry("dev.bootproof.verdict", "errored");
        assertThat(signed(sent)).isEmpty();
    }

    @Test
    void aFailedVerdictThatWasKilledHalfwayIsCompleted() {
        // Given
        Sent sent = image("os-testing-0000000000c3", "take/killed", "killed");
        var done = sent.ended(Verdict.FAILED, evidence(sent, "x"), suite(Verdict.FAILED, new Counts(1, 1, 1, 0, 0)));
        SigningKey lost = SigningKey.at(lab.attestationKey());
        Statement statement = new Statements(done, List.of(), URI.create("http://lab/")).about(sent.digest());
        ImageRef before = new Attestations(registry)
                .hang(
                        sent.image(),
                        sent.run(),
                        sent.digest(),
                        registry.descriptor(sent.image()),
                        () -> new Attestations.Signed(Envelope.sign(statement, lost), lost.publicKey()));

        // When
        bus.send(done);

        // Then
        stored(sent);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(signed(sent))
                        .singleElement()
                        .extracting(Attestations.Found::where)
                        .isEqualTo(before));
        assertThat(new Gate(registry, null)
                        .ask(sent.image(), List.of("system"), key())
                        .sentence())
                .contains("the newest verdict is failed");
    }

    @Test
    void aPictureMovesForwardWhileTheStreamPointsThere() throws Exception {
        // Given
        Counts counts = new Counts(1, 0, 0, 0, 0);
        Sent first = image("os-testing-0000000000c4", "take/pictures", "one");
        bus.send(first.ended(Verdict.PASSED, evidence(first, "desktop one"), suite(Verdict.PASSED, counts)));
        String tag = "pictures-testing-system-latest";
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(alias(tag)).contains(first.run().value()));

        // When
        Sent older = new Sent(
                new RunId("os-testing-0000000000c5"),
                first.image(),
                first.start().minusSeconds(60));
        bus.send(older.ended(Verdict.PASSED, evidence(older, "older"), suite(Verdict.PASSED, counts)));
        Sent errored = new Sent(
                new RunId("os-testing-0000000000c6"),
                first.image(),
                first.start().plusSeconds(30));
        bus.send(errored.ended(Verdict.FAILED, evidence(errored, "no"), suite(Verdict.ERRORED, counts)));
        stored(older);
        stored(errored);

        // Then
        HttpResponse<String> picture = get("/screenshots/pictures-testing/system/latest.png");
        assertThat(picture.body()).isEqualTo("desktop one");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        String etag = picture.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/screenshots/pictures-testing/system/latest.png", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/screenshots/pictures-testing/nothing/latest.png").statusCode())
                .isEqualTo(404);
        Sent second = image("os-testing-0000000000c7", "take/pictures", "two")
                .from(first.start().plusSeconds(90));
        Sent late = new Sent(
                new RunId("os-testing-0000000000c8"),
                first.image(),
                first.start().plusSeconds(60));
        bus.send(late.ended(Verdict.PASSED, evidence(late, "late"), suite(Verdict.PASSED, counts)));
        stored(late);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alias(tag)).contains(first.run().value()));
        bus.send(second.ended(Verdict.FAILED, evidence(second, "two"), suite(Verdict.FAILED, counts)));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(alias(tag)).contains(second.run().value()));
        ManifestView moved = registry.find(ref("bootproof/results:" + tag)).orElseThrow();
        assertThat(moved.annotations())
                .containsEntry("dev.bootproof.digest", second.digest().value())
                .containsEntry("dev.bootproof.suite", "system");
        assertThat(moved.layers())
                .singleElement()
                .satisfies(layer -> assertThat(layer.title()).isEqualTo(tag + ".png"));
    }

    @Test
    void aRunIsJUnitXmlWithEveryTestInIt() throws Exception {
        // Given
        Sent sent = image("os-testing-0000000000c9", "take/junit", "junit");
        SuiteResult suite = suite(Verdict.FAILED, new Counts(3, 1, 1, 1, 1));

        // When
        bus.send(sent.ended(Verdict.FAILED, evidence(sent, "x"), suite));

        // Then
        String path = "/api/runs/" + sent.run() + "/junit.xml";
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(path).statusCode()).isEqualTo(200));
        Document xml = parse(get(path).body());
        Element whole = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(whole.getAttribute("name")).isEqualTo("boot.system");
        assertThat(List.of("tests", "failures", "errors", "skipped", "time"))
                .extracting(whole::getAttribute)
                .containsExactly("6", "1", "0", "2", "2.300");
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(6);
        assertThat(get(path).body()).contains("name=\"it has a &lt;GPU&gt;\"");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).contains("expected <la>, got \"]]>\"", "and more");
        assertThat(xml.getElementsByTagName("flakyFailure").getLength()).isEqualTo(1);
        assertThat(get("/api/runs/" + sent.run() + ".json").body()).contains("\"verdict\":\"failed\"");
    }

    @Test
    void aRunWithoutASuiteIsNoSilentSuccess() throws Exception {
        // Given
        Sent sent = image("os-testing-0000000000ca", "take/panic", "panic");

        // When
        bus.send(sent.errored(Fault.KERNEL_PANIC, "not syncing"));

        // Then
        String path = "/api/runs/" + sent.run() + "/junit.xml";
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(path).statusCode()).isEqualTo(200));
        assertThat(parse(get(path).body()).getElementsByTagName("failure").getLength())
                .isEqualTo(1);
    }

    @Test
    void aBadgeShowsTheStreamsLastWord() throws Exception {
        // Given
        Sent sent = image("os-testing-0000000000cb", "take/badge", "badge");
        String stream = sent.image().tagged("testing").stream();
        HttpResponse<String> before = get("/badge/" + stream + ".svg");

        // When
        bus.send(sent.passed());

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get("/badge/" + stream + ".svg").body()).contains(">passed</text>"));
        HttpResponse<String> badge = get("/badge/" + stream + ".svg?label=%3Cb%3E%26");
        assertThat(before.body()).contains(">untested</text>");
        assertThat(badge.body()).contains("&lt;b&gt;&amp;").doesNotContain("<b>");
        assertThat(badge.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
        assertThat(badge.headers().firstValue("Cache-Control")).contains("no-cache");
        parse(badge.body());
        String etag = badge.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/badge/" + stream + ".svg?label=%3Cb%3E%26", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
