package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Failure;
import dev.bootproof.events.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a phase, and what it means for the run.
 *
 * @param result what came of it
 * @param fault the row of the fault table that ends the run, or null where all went well
 * @param evidence what stands in the row's sentence
 */
public record PhaseOutcome(PhaseResult result, @Nullable Fault fault, String evidence) {
    /** What these suites mean together. */
    static PhaseOutcome of(PhaseResult result) {
        return result.suites().stream()
                .filter(suite -> suite.verdict() == Verdict.FAILED)
                .findFirst()
                .map(suite -> new PhaseOutcome(result, Fault.SUITE_FAILED, sentence(suite)))
                .orElseGet(() -> new PhaseOutcome(result, null, ""));
    }

    /** The same, with its evidence stored. */
    public PhaseOutcome withEvidence(ImageRef stored) {
        return new PhaseOutcome(result.withEvidence(stored), fault, evidence);
    }

    /** The sentence for a run of which all phases went well. */
    static String passed(List<PhaseResult> phases) {
        List<SuiteResult> suites =
                phases.stream().flatMap(phase -> phase.suites().stream()).toList();
        if (suites.isEmpty()) {
            return "booted";
        }
        int tests = suites.stream().mapToInt(suite -> suite.counts().passed()).sum();
        String all = "booted and passed " + counted(tests, "test") + " in " + counted(suites.size(), "suite");
        int flaky = suites.stream().mapToInt(suite -> suite.counts().flaky()).sum();
        int known = suites.stream().mapToInt(suite -> suite.counts().known()).sum();
        return all + (flaky == 0 ? "" : ", " + flaky + " flaky") + (known == 0 ? "" : ", " + known + " known to fail");
    }

    private static String sentence(SuiteResult suite) {
        int failed = suite.counts().failed();
        int ran = failed + suite.counts().passed();
        String all = "the suite " + suite.name() + " failed " + failed + " of " + counted(ran, "test") + flaky(suite);
        return suite.failures().stream()
                .findFirst()
                .map(failure -> all + ": " + failure.test() + ": " + headline(failure))
                .orElse(all);
    }

    private static String flaky(SuiteResult suite) {
        int flaky = suite.counts().flaky();
        return flaky == 0 ? "" : " (" + flaky + " flaky)";
    }

    /** The first line says what is wrong, but for Python's tracebacks, which say it last. */
    private static String headline(Failure failure) {
        List<String> lines =
                failure.message().lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return "it said nothing";
        }
        return Words.line(lines.getFirst().startsWith("Traceback") ? lines.getLast() : lines.getFirst());
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
