package dev.bootproof.events;

import java.time.Duration;
import java.util.List;

/**
 * What a suite found.
 *
 * @param name the suite
 * @param source what exactly ran: the digest of the suite's files
 * @param verdict {@code passed}, {@code failed}, or {@code errored} where it could not tell
 * @param counts how its tests went
 * @param duration how long it took
 * @param failures the first failed tests; the rest are in the evidence
 */
public record SuiteResult(
        String name, Digest source, Verdict verdict, Counts counts, Duration duration, List<Failure> failures) {
    public SuiteResult {
        Required.fields("name", name, "source", source, "verdict", verdict, "counts", counts);
        Required.fields("duration", duration, "failures", failures);
        failures = List.copyOf(failures);
    }

    /**
     * A test that failed.
     *
     * @param test its name
     * @param message what it said, bounded
     */
    public record Failure(String test, String message) {
        public Failure {
            Required.fields("test", test, "message", message);
        }
    }
}
