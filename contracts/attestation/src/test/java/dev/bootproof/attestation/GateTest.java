package dev.bootproof.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.attestation.Attestations.Signed;
import dev.bootproof.attestation.Gate.Open;
import dev.bootproof.attestation.Gate.Shut;
import dev.bootproof.attestation.TestResult.Result;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.RunId;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate before a real registry, which keeps no list of referrers itself. */
class GateTest {
    private static final Instant LATER = Verdicts.MORNING.plusSeconds(60);
    private static final String RUN = "os-testing-000000000001";
    private static final String NEXT = "os-testing-000000000002";

    @TempDir
    private static Path shared;

    private static RegistryProcess server;
    private static Registry registry;
    private static SigningKey key;
    private static SigningKey stranger;

    @TempDir
    private Path files;

    @BeforeAll
    static void start() throws IOException {
        server = RegistryProcess.start(shared);
        registry = new Registry(new RegistryOptions(Set.of(), Duration.ofSeconds(5)));
        key = SigningKey.at(shared.resolve("attestation.key"));
        stranger = SigningKey.at(shared.resolve("stranger.key"));
    }

    @AfterAll
    static void stop() {
        registry.close();
        server.close();
    }

    private ImageRef image(String name) throws IOException {
        Path content = Files.writeString(files.resolve(name), name);
        var os = new Artifact.File("os", "text/plain", content);
        return registry.push(
                server.ref("lab/" + name + ":testing"),
                new Artifact("application/vnd.os", List.of(os), Map.of(), null));
    }

    private static Digest digest(ImageRef image) {
        return new Digest(image.reference());
    }

    private ImageRef hang(ImageRef image, String run, Envelope envelope, SigningKey by) {
        return new Attestations(registry)
                .hang(
                        image,
                        new RunId(run),
                        digest(image),
                        registry.descriptor(image),
                        () -> new Signed(envelope, by.publicKey()));
    }

    private ImageRef hang(ImageRef image, String run, Statement statement) {
        return hang(image, run, Envelope.sign(statement, key), key);
    }

    private static Gate.Answer ask(ImageRef image, String... suites) {
        return new Gate(registry, null).ask(image, List.of(suites), List.of(key.publicKey()));
    }

    private static String shut(Gate.Answer answer, int exitCode) {
        assertThat(answer).isInstanceOf(Shut.class).extracting("exitCode").isEqualTo(exitCode);
        return answer.sentence();
    }

    @Test
    void aPassedVerdictByATrustedKeyOpensIt() throws IOException {
        // Given
        ImageRef image = image("open");
        var counts = new Counts(9, 0, 0, 2, 1);
        ImageRef hung = hang(
                image, RUN, Verdicts.statement(digest(image), RUN, Verdicts.MORNING, Result.WARNED, counts, "smoke"));

        // When
        Gate.Answer byTag = ask(image.tagged("testing"), "smoke");

        // Then
        assertThat(byTag).isEqualTo(ask(image, "smoke")).isInstanceOfSatisfying(Open.class, open -> {
            assertThat(open.image()).isEqualTo(image);
            assertThat(open.attestation()).isEqualTo(hung);
            assertThat(open.run()).isEqualTo(new RunId(RUN));
            assertThat(open.finishedAt()).isEqualTo(Verdicts.MORNING);
            assertThat(open.keyId()).isEqualTo(key.publicKey().id());
            assertThat(open.sentence()).contains("2 flaky and 1 known to fail");
        });
    }

    @Test
    void withoutAVerdictItIsShut() throws IOException {
        // Given
        ImageRef image = image("none");

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED)).contains("no signed verdict about it");
        assertThat(shut(ask(server.ref("lab/none:gone"), "smoke"), Gate.CLOSED)).contains("no such image");
    }

    @Test
    void aVerdictOfOtherSuitesDoesNotOpenIt() throws IOException {
        // Given
        ImageRef image = image("others");
        hang(image, RUN, Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "system", "developer"));

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED)).contains("about the suite smoke, only about developer, system");
        assertThat(shut(ask(image, "system", "smoke"), Gate.CLOSED)).contains("smoke");
        assertThat(ask(image)).isInstanceOf(Open.class);
    }

    @Test
    void aSuiteThatWasToRunAndDidNotShutsIt() throws IOException {
        // Given
        ImageRef image = image("missing");
        Statement ran = Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "system");
        TestedRun run = ran.predicate().run();
        var planned = new TestedRun(
                run.id(), "demo", null, run.finishedAt(), run.reason(), List.of("system", "smoke"), run.suites());
        var result = new TestResult(Result.PASSED, List.of(), null, List.of(), List.of(), List.of(), planned);
        hang(image, RUN, Statement.about("os", digest(image), result));

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED)).contains("the suite smoke did not run in run " + RUN);
    }

    @Test
    void aChangedStatementIsNotBelieved() throws IOException {
        // Given
        ImageRef image = image("changed");
        Envelope signed = Envelope.sign(Verdicts.failed(digest(image), RUN, Verdicts.MORNING, "smoke"), key);
        byte[] forged =
                Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke").json();
        hang(image, RUN, new Envelope(forged, signed.payloadType(), signed.signatures()), key);

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED)).contains("a signature is not valid");
    }

    @Test
    void aStrangersKeyIsNotBelieved() throws IOException {
        // Given
        ImageRef image = image("stranger");
        hang(
                image,
                RUN,
                Envelope.sign(Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke"), stranger),
                stranger);

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED))
                .contains("a key that is not trusted, " + stranger.publicKey().id());
    }

    @Test
    void aVerdictAboutAnotherDigestIsNotBelieved() throws IOException {
        // Given
        ImageRef image = image("moved");
        hang(image, RUN, Verdicts.passed(Digest.of("another image"), RUN, Verdicts.MORNING, "smoke"));

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.CLOSED)).contains("about another digest");
    }

    @Test
    void theVerdictThatWasDecidedLastCounts() throws IOException {
        // Given
        ImageRef image = image("later");
        hang(image, RUN, Verdicts.failed(digest(image), RUN, LATER, "smoke", "system"));

        // When
        hang(image, NEXT, Verdicts.passed(digest(image), NEXT, Verdicts.MORNING, "smoke"));

        // Then
        assertThat(shut(ask(image, "smoke"), Gate.CLOSED))
                .contains("the newest verdict is failed, in run " + RUN, "1 of 9 tests failed");
        String third = "os-testing-000000000003";
        hang(image, third, Verdicts.passed(digest(image), third, LATER.plusSeconds(1), "smoke"));
        assertThat(ask(image, "smoke")).isInstanceOf(Open.class);
        assertThat(ask(image, "system")).isInstanceOf(Shut.class);
    }

    @Test
    void aBootThatFailedShutsItForEverySuiteThatWasToRun() throws IOException {
        // Given
        ImageRef image = image("panic");
        hang(image, RUN, Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke"));

        // When
        hang(image, NEXT, Verdicts.failed(digest(image), NEXT, LATER));

        // Then
        assertThat(shut(ask(image, "smoke"), Gate.CLOSED)).contains("newest verdict is failed, in run " + NEXT);
    }

    @Test
    void aVerdictIsHungOnceHoweverOftenItIsSigned() throws IOException {
        // Given
        ImageRef image = image("once");
        Statement statement = Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke");
        ImageRef first = hang(image, RUN, statement);

        // When
        ImageRef again = hang(image, RUN, statement);

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(registry.referrers(image)).hasSize(1);
        assertThat(new Attestations(registry).about(image)).hasSize(1);
        assertThat(registry.find(image.tagged("sha256-" + digest(image).hex() + ".att")))
                .hasValueSatisfying(list -> assertThat(list.layers()).hasSize(1));
    }

    @Test
    void whatElseHangsThereIsPassedOver() throws IOException {
        // Given
        ImageRef image = image("litter");
        Path junk = Files.writeString(files.resolve("junk"), "{\"dsseEnvelope\":7}");
        var file = new Artifact.File("x", Bundle.MEDIA_TYPE, junk);
        registry.push(
                image.tagged("junk-attestation"),
                new Artifact(Bundle.MEDIA_TYPE, List.of(file), Map.of(), registry.descriptor(image)));
        hang(image, RUN, Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke"));

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(answer).isInstanceOf(Open.class);
    }

    @Test
    void aVerdictInTheResultsRepositoryIsFoundThere() throws IOException {
        // Given
        ImageRef image = image("foreign");
        ImageRef results = server.ref("bootproof/results");
        Statement statement = Verdicts.passed(digest(image), RUN, Verdicts.MORNING, "smoke");
        new Attestations(registry)
                .hang(
                        results,
                        new RunId(RUN),
                        digest(image),
                        null,
                        () -> new Signed(Envelope.sign(statement, key), key.publicKey()));

        // When
        Gate.Answer answer = new Gate(registry, results).ask(image, List.of("smoke"), List.of(key.publicKey()));

        // Then
        assertThat(answer).isInstanceOf(Open.class);
        assertThat(ask(image, "smoke")).isInstanceOf(Shut.class);
    }

    @Test
    void aRegistryThatCannotBeAskedSaysNothingAboutTheImage() {
        // Given
        ImageRef image = ImageRef.parse("127.0.0.1:1/lab/os").at(Digest.of("os"));

        // When
        Gate.Answer answer = ask(image, "smoke");

        // Then
        assertThat(shut(answer, Gate.LAB)).contains("cannot be asked");
    }
}
