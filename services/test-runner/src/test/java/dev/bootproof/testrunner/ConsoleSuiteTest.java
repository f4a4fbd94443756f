package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Ledger;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.Verdict;
import dev.bootproof.testrunner.ledger.Forgiveness;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSuiteTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final String OOPS = "[    1.000000] Oops: 0000 [#1] SMP\n";
    private final Evidence evidence = new Evidence();

    @Test
    void aHealthyConsoleIsOnePassedTest() {
        // When
        PhaseOutcome outcome = judge(well(), "demo login:", Ledger.EMPTY);

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(console(outcome).counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
        assertThat(evidence.files()).doesNotContainKey("console/notes.txt");
    }

    @Test
    void anAccidentFailsThePhaseAndIsNamedInItsSentence() {
        // When
        PhaseOutcome outcome = judge(well(), OOPS, Ledger.EMPTY);

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.SUITE_FAILED);
        assertThat(outcome.evidence())
                .isEqualTo(
                        "the suite console failed 1 of 1 test: The kernel does not oops: [ 1.000000] Oops: 0000 [#1] SMP");
        assertThat(console(outcome).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatOnlyIsToBeNotedDoesNotFail() {
        // When
        PhaseOutcome outcome = judge(well(), "[FAILED] Failed to start demo.service - Demo.\n", Ledger.EMPTY);

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(evidence.files().get("console/notes.txt"))
                .isNotNull()
                .satisfies(notes -> assertThat(notes.text())
                        .startsWith("a unit failed to start: [FAILED] Failed to start demo.service - Demo.\n"));
    }

    @Test
    void aKnownAccidentDoesNotBlock() {
        // Given
        URI tracker = URI.create("https://example.org/7");
        Ledger ledger = new Ledger(List.of(new Ledger.Known("console: .*oops", tracker, TODAY)), List.of());

        // When
        PhaseOutcome outcome = judge(well(), OOPS, ledger);

        // Then
        assertThat(outcome.fault()).isNull();
        assertThat(console(outcome).known())
                .containsExactly(new SuiteResult.Known("The kernel does not oops", tracker.toString()));
    }

    @Test
    void aFaultThatIsThereAlreadyStaysTheFault() {
        // Given
        PhaseOutcome lost = new PhaseOutcome(well().result(), Fault.GUEST_LOST, "no answer");

        // When
        PhaseOutcome outcome = judge(lost, OOPS, Ledger.EMPTY);

        // Then
        assertThat(outcome.fault()).isEqualTo(Fault.GUEST_LOST);
        assertThat(console(outcome).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void withoutAConsoleNothingIsSaidOfIt() {
        // Given
        PhaseOutcome well = well();

        // Then
        assertThat(ConsoleSuite.judge(well, evidence, new Forgiveness(Ledger.EMPTY, TODAY)))
                .isEqualTo(well);
    }

    private PhaseOutcome judge(PhaseOutcome outcome, String console, Ledger ledger) {
        evidence.add("console.log", Content.of(console));
        return ConsoleSuite.judge(outcome, evidence, new Forgiveness(ledger, TODAY));
    }

    private static PhaseOutcome well() {
        return PhaseOutcome.of(new PhaseResult(0, "installed", "sshd", List.of(), List.of(), null));
    }

    private static SuiteResult console(PhaseOutcome outcome) {
        return outcome.result().suites().getLast();
    }
}
