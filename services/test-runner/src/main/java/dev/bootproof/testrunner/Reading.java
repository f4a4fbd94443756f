package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.SuiteResult.Failure;
import java.util.List;

/** What could be read from a suite's results. */
sealed interface Reading {
    /**
     * Its tests.
     *
     * @param counts how they went; at least one
     * @param failures the first failed ones
     */
    record Tests(Counts counts, List<Failure> failures) implements Reading {
        public Tests {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Nothing that may be believed.
     *
     * @param why what is wrong with it
     */
    record Unreadable(String why) implements Reading {}
}
