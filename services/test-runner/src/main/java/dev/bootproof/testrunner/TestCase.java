package dev.bootproof.testrunner;

import dev.bootproof.events.SuiteResult.Failure;

/**
 * One test as a suite told of it, or as we saw it.
 *
 * @param name its name, on one line and bounded
 * @param outcome how it went
 * @param message what it said where it did not pass, bounded
 */
public record TestCase(String name, Outcome outcome, String message) {
    public TestCase {
        name = name.isBlank() ? "a test without a name" : Words.line(name);
        message = message.isEmpty() ? "" : Words.paragraph(message);
    }

    /** A test that passed. */
    public static TestCase passed(String name) {
        return new TestCase(name, Outcome.PASSED, "");
    }

    /** A test that failed. */
    public static TestCase failed(String name, String message) {
        return new TestCase(name, Outcome.FAILED, message);
    }

    /** Whether something is wrong. */
    public boolean failed() {
        return outcome == Outcome.FAILED || outcome == Outcome.ABORTED;
    }

    /** The same test, which said something else. */
    public TestCase saying(String other) {
        return new TestCase(name, outcome, other);
    }

    /** What is published of it. */
    public Failure failure() {
        return new Failure(name, message);
    }

    /** How a test can go. */
    public enum Outcome {
        /** It passed. */
        PASSED,
        /** It failed. */
        FAILED,
        /** It did not apply. */
        SKIPPED,
        /** It failed as its author expects. */
        EXPECTED,
        /** Tests are missing that were to run: no test of the suite's own, but a failure all the same. */
        ABORTED
    }
}
