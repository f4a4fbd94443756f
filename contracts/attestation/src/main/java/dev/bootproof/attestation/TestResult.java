package dev.bootproof.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bootproof.events.MalformedEvent;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predicate test-result v0.1. A test is written {@code suite: name}; a suite that passed stands for all tests of it
 * that are not named elsewhere.
 *
 * @param result how it ended
 * @param configuration the suites that ran, by the digest of their files
 * @param url where people read about the run
 * @param passedTests suites that passed
 * @param warnedTests tests that passed only when run again, and tests that failed as the catalog expects
 * @param failedTests tests and suites that failed
 * @param run what a gate wants to know beside; an extension field, named by a type URI as in-toto's parsing rules ask
 */
public record TestResult(
        Result result,
        List<Resource> configuration,
        @Nullable URI url,
        List<String> passedTests,
        List<String> warnedTests,
        List<String> failedTests,
        @JsonProperty(TestedRun.TYPE) TestedRun run) {
    public TestResult {
        if (result == null || run == null) {
            throw new MalformedEvent("predicate", "it does not say how which run ended");
        }
        configuration = copy(configuration);
        passedTests = copy(passedTests);
        warnedTests = copy(warnedTests);
        failedTests = copy(failedTests);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** How a run can end. */
    public enum Result {
        /** Everything passed. */
        PASSED,
        /** It passed, with tests that are flaky or known to fail. */
        WARNED,
        /** It failed. */
        FAILED
    }
}
