package dev.bootproof.testrunner.ledger;

import dev.bootproof.events.Ledger;
import dev.bootproof.events.SuiteResult.Known;
import dev.bootproof.testrunner.TestCase;
import dev.bootproof.testrunner.TestCase.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which failed tests do not block, on one day. */
public final class Forgiveness {
    private final List<Excuse> excuses;
    private final LocalDate today;

    /**
     * @param ledger what the catalog says
     * @param today the day, in UTC
     */
    public Forgiveness(Ledger ledger, LocalDate today) {
        this.today = today;
        List<Excuse> all = new ArrayList<>();
        ledger.known().forEach(known -> all.add(Excuse.of(known)));
        ledger.fresh().forEach(fresh -> all.add(Excuse.of(fresh)));
        this.excuses = List.copyOf(all);
    }

    /**
     * Judges the tests of a suite.
     *
     * @param suite the suite's name, which patterns see as {@code suite: test}
     * @param tests its tests
     * @param flaky those of them that failed before they passed
     */
    public Judged judge(String suite, List<TestCase> tests, Set<String> flaky) {
        List<TestCase> blocking = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        for (TestCase test : tests) {
            if (test.outcome() == Outcome.EXPECTED) {
                known.add(new Known(test.name(), expected(test)));
            } else if (test.failed()) {
                judge(suite, test, blocking, known);
            }
        }
        return new Judged(blocking, known, notes(suite, tests, flaky));
    }

    private void judge(String suite, TestCase test, List<TestCase> blocking, List<Known> known) {
        List<Excuse> matching =
                excuses.stream().filter(excuse -> excuse.covers(suite, test)).toList();
        matching.stream()
                .filter(excuse -> excuse.counts(today))
                .findFirst()
                .ifPresentOrElse(
                        excuse -> known.add(new Known(test.name(), excuse.why())),
                        () -> blocking.add(matching.isEmpty() ? test : ended(test, matching.getFirst())));
    }

    private static TestCase ended(TestCase test, Excuse excuse) {
        String message = test.message();
        int end = message.indexOf('\n') < 0 ? message.length() : message.indexOf('\n');
        return test.saying(message.substring(0, end) + " (" + excuse.ended() + ")" + message.substring(end));
    }

    private static String expected(TestCase test) {
        return test.message().isEmpty()
                ? "todo"
                : test.message().lines().findFirst().orElse("todo");
    }

    private List<String> notes(String suite, List<TestCase> tests, Set<String> flaky) {
        List<String> notes = new ArrayList<>();
        for (Excuse excuse : excuses) {
            List<TestCase> covered =
                    tests.stream().filter(test -> excuse.covers(suite, test)).toList();
            boolean passed = covered.stream().anyMatch(test -> test.outcome() == Outcome.PASSED);
            boolean failed = covered.stream().anyMatch(test -> test.failed() || flaky.contains(test.name()));
            if (excuse.tracked() && passed && !failed) {
                notes.add("no longer fails: remove " + excuse.name() + " from the catalog");
            }
        }
        return notes;
    }
}
