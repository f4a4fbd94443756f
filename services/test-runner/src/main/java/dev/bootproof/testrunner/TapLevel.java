package dev.bootproof.testrunner;

import dev.bootproof.testrunner.TapLine.Result;
import dev.bootproof.testrunner.TestCase.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The tests at one indentation of a TAP file, up to now, with those that were nested below each. */
final class TapLevel {
    private static final int UNPLANNED = -1;

    private final int indent;
    private final List<TestCase> done = new ArrayList<>();
    private final List<TestCase> nested = new ArrayList<>();
    private int planned = UNPLANNED;
    private int seen;
    private int highest;

    TapLevel(int indent) {
        this.indent = indent;
    }

    int indent() {
        return indent;
    }

    void plan(int tests) {
        planned = tests;
    }

    /** Takes what was nested and has no result of its own yet. */
    void adopt(List<TestCase> tests) {
        nested.addAll(tests);
    }

    /** Where tests were nested they are the tests; the line after them counts where it says something else. */
    void add(Result result, String message) {
        seen++;
        highest = Math.max(highest, result.number());
        String name =
                result.name().isEmpty() ? "test " + (result.number() == 0 ? seen : result.number()) : result.name();
        TestCase test = new TestCase(name, outcome(result), message);
        if (nested.isEmpty()) {
            done.add(test);
            return;
        }
        boolean excused = test.outcome() == Outcome.SKIPPED || Objects.equals(result.directive(), "todo");
        nested.stream().map(child -> below(test, child, excused)).forEach(done::add);
        if (test.failed() && nested.stream().noneMatch(TestCase::failed)) {
            done.add(test);
        }
        nested.clear();
    }

    /** All of its tests up to now. */
    List<TestCase> all() {
        done.addAll(nested);
        nested.clear();
        return done;
    }

    /** All of its tests, and a failure where they are not as many as were planned; nothing at all is no failure either. */
    List<TestCase> complete(String file, boolean planNeeded) {
        List<TestCase> tests = all();
        if (planned == UNPLANNED && planNeeded && !tests.isEmpty()) {
            tests.add(aborted(file, "there is no plan (1..N), so nobody knows whether all tests ran"));
        }
        if (planned != UNPLANNED && planned != Math.max(seen, highest)) {
            tests.add(aborted(file, planned + " tests were planned, and there are " + Math.max(seen, highest)));
        }
        return tests;
    }

    static TestCase aborted(String file, String why) {
        return new TestCase("All tests of " + file + " ran", Outcome.ABORTED, why);
    }

    private static TestCase below(TestCase parent, TestCase child, boolean excused) {
        String name = parent.name() + " > " + child.name();
        Outcome outcome = excused && child.failed() ? Outcome.EXPECTED : child.outcome();
        return new TestCase(name, outcome, outcome == Outcome.EXPECTED ? parent.message() : child.message());
    }

    private static Outcome outcome(Result result) {
        return switch (result.directive()) {
            case "skip" -> Outcome.SKIPPED;
            case "todo", "xfail" -> result.ok() ? Outcome.PASSED : Outcome.EXPECTED;
            case null, default -> result.ok() ? Outcome.PASSED : Outcome.FAILED;
        };
    }
}
