package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a suite found.
 *
 * @param name the suite
 * @param source what exactly ran: the digest of the suite's files
 * @param verdict {@code passed}, {@code failed}, or {@code errored} where it could not tell
 * @param counts how its tests went
 * @param duration how long it took
 * @param failures the first failed tests; the rest are in the evidence
 * @param origin where the suite came from, pinned to a commit or digest; null for the lab's own
 * @param flaky tests that failed in one attempt and passed in another; the first attempt decides
 * @param known tests that failed and do not block
 */
public record SuiteResult(
        String name,
        Digest source,
        Verdict verdict,
        Counts counts,
        Duration duration,
        List<Failure> failures,
        @Nullable String origin,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> flaky,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Known> known) {
    public SuiteResult {
        Required.fields("name", name, "source", source, "verdict", verdict, "counts", counts);
        Required.fields("duration", duration, "failures", failures);
        failures = List.copyOf(failures);
        flaky = flaky == null ? List.of() : List.copyOf(flaky);
        known = known == null ? List.of() : List.copyOf(known);
    }

    /** What a suite of the lab found, every failure of which blocks. */
    public SuiteResult(
            String name, Digest source, Verdict verdict, Counts counts, Duration duration, List<Failure> failures) {
        this(name, source, verdict, counts, duration, failures, null, List.of(), List.of());
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

    /**
     * A test that failed and does not block.
     *
     * @param test its name
     * @param why where it is worked on, or since when the test exists
     */
    public record Known(String test, String why) {
        public Known {
            Required.fields("test", test, "why", why);
        }
    }
}
