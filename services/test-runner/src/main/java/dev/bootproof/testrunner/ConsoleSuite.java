package dev.bootproof.testrunner;

import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.testrunner.console.Accident.Severity;
import dev.bootproof.testrunner.console.Accidents;
import dev.bootproof.testrunner.console.ConsoleLook;
import dev.bootproof.testrunner.console.Sighting;
import dev.bootproof.testrunner.ledger.Forgiveness;
import dev.bootproof.testrunner.ledger.Judged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The suite that every phase has: what its machine must not have shown on its console or in its kernel's journal. */
final class ConsoleSuite {
    /** Its name, which no other suite may have. */
    static final String NAME = "console";

    private static final Accidents TABLE = Accidents.table();

    private ConsoleSuite() {}

    /** The same outcome with what the console in the evidence says; a fault that is there already stays the fault. */
    static PhaseOutcome judge(PhaseOutcome outcome, Evidence evidence, Forgiveness forgiveness) {
        Content console = evidence.files().get("console.log");
        if (console == null) {
            return outcome;
        }
        ConsoleLook look = new ConsoleLook(TABLE);
        look.atConsole("console.log", console.text());
        Content journal = evidence.files().get("journal.txt");
        if (journal != null) {
            look.atJournal("journal.txt", journal.text());
        }
        note(look.sightings(), evidence);
        PhaseResult result = with(outcome.result(), result(look.sightings(), forgiveness));
        return outcome.fault() == null
                ? PhaseOutcome.of(result)
                : new PhaseOutcome(result, outcome.fault(), outcome.evidence());
    }

    private static SuiteResult result(Collection<Sighting> sightings, Forgiveness forgiveness) {
        List<TestCase> tests = sightings.stream()
                .filter(sighting -> sighting.accident().severity() == Severity.FAILS)
                .map(sighting -> TestCase.failed(sighting.accident().test(), sighting.message()))
                .toList();
        List<TestCase> all = tests.isEmpty() ? List.of(TestCase.passed("The console shows no accident")) : tests;
        Judged judged = forgiveness.judge(NAME, all, Set.of());
        return new SuiteFinding(new Attempts(all, Set.of()), judged)
                .result(new Suite(NAME, TABLE.digest(), List.of()), null, Duration.ZERO);
    }

    private static void note(Collection<Sighting> sightings, Evidence evidence) {
        if (!sightings.isEmpty()) {
            evidence.add(
                    "console/notes.txt",
                    Content.of(sightings.stream()
                            .map(sighting -> sighting.accident().test() + ": " + Words.paragraph(sighting.message()))
                            .collect(Collectors.joining("\n\n\n", "", "\n"))));
        }
    }

    private static PhaseResult with(PhaseResult phase, SuiteResult console) {
        List<SuiteResult> suites = new ArrayList<>(phase.suites());
        suites.add(console);
        return new PhaseResult(
                phase.phase(), phase.name(), phase.wayIn(), phase.milestones(), suites, phase.evidence());
    }
}
