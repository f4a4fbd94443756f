package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Failure;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.StageFault;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands for a step that is no suite in the phase's result: one test, named after what had to succeed. */
final class StepResults {
    private StepResults() {}

    /** It succeeded. */
    static SuiteResult passed(SuitePlan plan, Duration took) {
        Counts one = new Counts(1, 0, 0, 0, 0);
        return new SuiteResult(plan.name(), source(plan), Verdict.PASSED, one, took, List.of());
    }

    /** It did not, or the lab could not tell. */
    static SuiteResult faulted(SuitePlan plan, StageFault fault) {
        Verdict verdict = fault.fault().verdict();
        Counts counts = verdict == Verdict.FAILED ? new Counts(0, 1, 0, 0, 0) : Counts.NONE;
        Failure failure = new Failure(test(plan), Words.paragraph(String.valueOf(fault.getMessage())));
        return new SuiteResult(plan.name(), source(plan), verdict, counts, Duration.ZERO, List.of(failure));
    }

    private static String test(SuitePlan plan) {
        @Nullable String command = plan.command();
        return command == null
                ? plan.name() + ": the machine came back after a restart"
                : Words.line(plan.name() + ": " + command + " succeeded");
    }

    /** What a step is, by its text. */
    static Digest source(SuitePlan plan) {
        @Nullable String command = plan.command();
        return Digest.of(command == null ? plan.kind().word() : command);
    }
}
