package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Failure;
import dev.bootproof.events.Verdict;
import dev.bootproof.testrunner.TestCase.Outcome;
import dev.bootproof.testrunner.ledger.Judged;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a suite found, judged.
 *
 * @param together its tests over all attempts
 * @param judged what is left of the failed ones
 */
record SuiteFinding(Attempts together, Judged judged) {
    private static final int NAMED = 20;

    /** Whether a test failed that blocks. */
    boolean blocks() {
        return !judged.blocking().isEmpty();
    }

    /** Whether a test that blocks has not been seen to pass yet, so that another attempt could tell something. */
    boolean unexplained() {
        return judged.blocking().stream().anyMatch(test -> !together.flaky().contains(test.name()));
    }

    /** What the owner of the catalog would want to know. */
    List<String> notes() {
        return judged.notes();
    }

    /** What is published; {@code ran} is what the guest says it ran, where it says so. */
    SuiteResult result(Suite suite, @Nullable Digest ran, Duration duration) {
        return new SuiteResult(
                suite.name(),
                ran == null ? suite.source() : ran,
                blocks() ? Verdict.FAILED : Verdict.PASSED,
                counts(),
                duration,
                judged.blocking().stream().limit(NAMED).map(this::failure).toList(),
                suite.origin(),
                together.flaky().stream().limit(NAMED).toList(),
                judged.known().stream().limit(NAMED).toList());
    }

    private Failure failure(TestCase test) {
        Failure failure = test.failure();
        return together.flaky().contains(test.name())
                ? new Failure(failure.test(), failure.message() + "\n(flaky: it passed when it ran again)")
                : failure;
    }

    private Counts counts() {
        return new Counts(
                count(Outcome.PASSED),
                judged.blocking().size(),
                count(Outcome.SKIPPED),
                together.flaky().size(),
                judged.known().size());
    }

    private int count(Outcome outcome) {
        return (int) together.cases().stream()
                .filter(test -> test.outcome() == outcome)
                .count();
    }
}
