package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.SuiteResult.Failure;
import java.util.ArrayList;
import java.util.List;

/** Counts tests while a result is read, and keeps the first failures. */
final class Tally {
    private static final int FAILURES = 20;

    private final List<Failure> failures = new ArrayList<>();
    private int passed;
    private int failed;
    private int skipped;

    /** One more passed. */
    void pass() {
        passed++;
    }

    /** One more did not apply. */
    void skip() {
        skipped++;
    }

    /** One more failed. */
    void fail(String test, String message) {
        failed++;
        if (failures.size() < FAILURES) {
            failures.add(new Failure(Words.line(test), Words.paragraph(message)));
        }
    }

    /** What was counted; no test at all is nothing that may be believed. */
    Reading reading(String source) {
        if (passed + failed == 0) {
            return new Reading.Unreadable(source + " has no test that ran");
        }
        return new Reading.Tests(new Counts(passed, failed, skipped, 0, 0), failures);
    }
}
