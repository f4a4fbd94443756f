package dev.bootproof.local;

import dev.bootproof.events.Counts;
import dev.bootproof.events.PlainText;
import dev.bootproof.events.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as far as it is shown.
 *
 * @param verdict how
 * @param stage which service said so
 * @param reason the sentence
 * @param counts all tests together
 * @param phases what came of each machine
 */
record Ending(
        Verdict verdict,
        @Nullable String stage,
        @Nullable String reason,
        @Nullable Counts counts,
        List<Phase> phases) {
    private static final int LINE = 2000;

    Ending {
        reason = plain(reason);
        counts = counts == null ? Counts.NONE : counts;
        phases = phases == null ? List.of() : List.copyOf(phases);
    }

    /**
     * What came of one machine.
     *
     * @param phase which, from 0
     * @param name its name in the plan
     * @param wayIn how the lab got in
     * @param milestones how far the boot came
     * @param suites what the suites found
     * @param evidence where console, journal and screenshots are
     */
    record Phase(
            int phase,
            @Nullable String name,
            @Nullable String wayIn,
            List<Mark> milestones,
            List<Suite> suites,
            @Nullable String evidence) {
        Phase {
            milestones = milestones == null ? List.of() : List.copyOf(milestones);
            suites = suites == null ? List.of() : List.copyOf(suites);
        }
    }

    /**
     * A point that a boot passed.
     *
     * @param name which
     * @param at when
     */
    record Mark(String name, Instant at) {}

    /**
     * What a suite found.
     *
     * @param name the suite
     * @param verdict how it went
     * @param counts its tests
     * @param failures the first failed tests
     * @param flaky tests that failed and then passed
     * @param known tests that failed and do not block
     */
    record Suite(
            String name,
            Verdict verdict,
            @Nullable Counts counts,
            List<Failure> failures,
            List<String> flaky,
            List<Known> known) {
        Suite {
            counts = counts == null ? Counts.NONE : counts;
            failures = failures == null ? List.of() : List.copyOf(failures);
            flaky = flaky == null
                    ? List.of()
                    : flaky.stream().map(test -> PlainText.line(test, LINE)).toList();
            known = known == null ? List.of() : List.copyOf(known);
        }
    }

    /**
     * A failed test.
     *
     * @param test its name
     * @param message what it said
     */
    record Failure(String test, @Nullable String message) {
        Failure {
            test = PlainText.line(test, LINE);
            message = message == null ? null : PlainText.lines(message, LINE);
        }
    }

    /**
     * A test that failed and does not block.
     *
     * @param test its name
     * @param why where it is worked on, or since when the test exists
     */
    record Known(String test, @Nullable String why) {
        Known {
            test = PlainText.line(test, LINE);
            why = plain(why);
        }
    }

    /** A guest may have had a say in it, and it is shown in a terminal. */
    private static @Nullable String plain(@Nullable String said) {
        return said == null ? null : PlainText.line(said, LINE);
    }
}
