package dev.bootproof.testrunner;

import java.util.List;

/** What could be read from a suite's results. */
sealed interface Reading {
    /**
     * Its tests.
     *
     * @param cases all of them, in the order in which they were told; at least one that ran
     */
    record Tests(List<TestCase> cases) implements Reading {
        public Tests {
            cases = List.copyOf(cases);
        }

        /** Whether a test failed, be it one that nobody minds. */
        boolean failed() {
            return cases.stream()
                    .anyMatch(test ->
                            test.outcome() != TestCase.Outcome.PASSED && test.outcome() != TestCase.Outcome.SKIPPED);
        }
    }

    /**
     * Nothing that may be believed.
     *
     * @param why what is wrong with it
     */
    record Unreadable(String why) implements Reading {}
}
