package dev.bootproof.testrunner;

import dev.bootproof.testrunner.TestCase.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Collects tests while a result is read. What a guest may say is bounded: tests, and the messages that are kept. */
final class Tally {
    /** More than this nobody reads, and a result of that size is more likely broken than large. */
    static final int MOST = 100_000;

    private static final int MESSAGES = 200;

    private final List<TestCase> tests = new ArrayList<>();
    private int messages;
    private boolean overflowed;

    /** One more passed. */
    void pass(String test) {
        add(TestCase.passed(test));
    }

    /** One more did not apply. */
    void skip(String test) {
        add(new TestCase(test, Outcome.SKIPPED, ""));
    }

    /** One more failed. */
    void fail(String test, String message) {
        add(TestCase.failed(test, message));
    }

    /** One more test. */
    void add(TestCase test) {
        if (tests.size() == MOST) {
            overflowed = true;
            return;
        }
        boolean silent = test.message().isEmpty() || ++messages <= MESSAGES;
        tests.add(silent ? test : test.saying("its message is in the evidence"));
    }

    /** What was collected; no test at all is nothing that may be believed. */
    Reading reading(String source) {
        if (overflowed) {
            return new Reading.Unreadable(source + " has more than " + MOST + " tests: split the suite");
        }
        if (tests.stream().allMatch(test -> test.outcome() == Outcome.SKIPPED)) {
            return new Reading.Unreadable(source + " has no test that ran");
        }
        return new Reading.Tests(tests);
    }
}
