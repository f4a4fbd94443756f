package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Ledger;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Known;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Suite.SuiteFile;
import dev.bootproof.testrunner.ledger.Forgiveness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteRunTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final String GOOD = "1..2\nok 1 - a\nok 2 - b\n";
    private static final String BAD = "1..2\nok 1 - a\nnot ok 2 - b\n";
    private static final Digest DIGEST = Digest.of("suite");
    private final Evidence evidence = new Evidence();

    @Test
    void aTestThatPassesInTheSecondAttemptIsFlakyAndHasFailedAllTheSame() {
        // Given
        Scripted place = new Scripted(BAD, GOOD);

        // When
        SuiteResult result = run(place, 3, Ledger.EMPTY);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.counts()).isEqualTo(new Counts(1, 1, 0, 1, 0));
        assertThat(result.flaky()).containsExactly("b");
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.test()).isEqualTo("b");
            assertThat(failure.message()).endsWith("(flaky: it passed when it ran again)");
        });
        assertThat(result.origin()).isEqualTo("git+https://host/os@0123#smoke");
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(place.started).containsExactly("smoke", "smoke.2");
        assertThat(evidence.files()).containsKeys("suites/smoke/a.tap", "suites/smoke/attempt-2/a.tap");
    }

    @Test
    void aTestThatFailsInEveryAttemptFailsTheSuite() {
        // Given
        Scripted place = new Scripted(BAD, BAD, BAD, GOOD);

        // When
        SuiteResult result = run(place, 2, Ledger.EMPTY);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.flaky()).isEmpty();
        assertThat(place.started).containsExactly("smoke", "smoke.2", "smoke.3");
    }

    @Test
    void aKnownFailureNeedsNoSecondAttempt() {
        // Given
        Scripted place = new Scripted(BAD);
        URI tracker = URI.create("https://example.org/7");
        Ledger ledger = new Ledger(List.of(new Ledger.Known("^smoke: b$", tracker, TODAY)), List.of());

        // When
        SuiteResult result = run(place, 5, ledger);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(result.known()).containsExactly(new Known("b", tracker.toString()));
    }

    @Test
    void anAttemptThatCannotBeReadLeavesTheFailuresBeforeItStanding() {
        // When
        SuiteResult result = run(new Scripted(BAD, "1..x\n"), 5, Ledger.EMPTY);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(evidence.files().get("suites/smoke/notes.txt"))
                .isNotNull()
                .satisfies(notes -> assertThat(notes.text()).startsWith("attempt 2 says nothing: "));
    }

    @Test
    void aFirstAttemptThatCannotBeReadSaysNothingOfTheImage() {
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> run(new Scripted(""), 5, Ledger.EMPTY))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.SUITE_UNREADABLE));
    }

    private SuiteResult run(Place place, int retries, Ledger ledger) {
        SuitePlan plan = new SuitePlan("smoke", Duration.ofMinutes(1), null, null, null, null, retries);
        List<SuiteFile> files = List.of(new SuiteFile("run", true, Path.of("run")));
        Suite suite = new Suite("smoke", DIGEST, files, "git+https://host/os@0123#smoke");
        SuiteContext context = new SuiteContext(
                new RunId("demo-os-0123456789ab"),
                ImageRef.parse("host.example/os:1"),
                DIGEST,
                DIGEST,
                "disk",
                "plan",
                0,
                "installed",
                List.of(),
                List.of(),
                Instant.EPOCH);
        return new SuiteRun(place, plan, suite, new Forgiveness(ledger, TODAY)).run(() -> context, evidence);
    }

    /** A place where each attempt leaves the next of these results. */
    private static final class Scripted implements Place {
        private final List<String> results;
        private final List<String> started = new ArrayList<>();

        Scripted(String... results) {
            this.results = new ArrayList<>(Arrays.asList(results));
        }

        @Override
        public void start(Suite suite, Duration timeout, SuiteContext context) {
            started.add(suite.name());
        }

        @Override
        public SuiteEnd await(String suite, Duration timeout) {
            boolean bad = results.getFirst().contains("not ok");
            return new SuiteEnd("success", bad ? 1 : 0, null, Duration.ofSeconds(1));
        }

        @Override
        public Map<String, Content> results(String suite) {
            return Map.of("a.tap", Content.of(results.removeFirst()));
        }
    }
}
