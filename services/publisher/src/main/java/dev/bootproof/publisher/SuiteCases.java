package dev.bootproof.publisher;

import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tests of a suite one by one.
 *
 * @param phase its phase
 * @param suite what the suite found
 * @param cases every test, in the order failed, known, the others
 */
record SuiteCases(PhaseResult phase, SuiteResult suite, List<Case> cases) {
    /** How a test ended. */
    enum End {
        PASSED,
        SKIPPED,
        FAILED,
        KNOWN
    }

    /**
     * A test.
     *
     * @param name its name
     * @param end how it ended
     * @param said what it said, or why it does not block; empty where there is nothing to say
     */
    record Case(String name, End end, String said) {}

    /**
     * Completes what the verdict names with what the suite's own result names.
     *
     * @param others the tests that passed or were skipped, as far as the evidence names them
     */
    static SuiteCases of(PhaseResult phase, SuiteResult suite, List<Case> others) {
        List<Case> cases = new ArrayList<>();
        suite.failures().forEach(one -> cases.add(new Case(one.test(), End.FAILED, one.message())));
        suite.known().forEach(one -> cases.add(new Case(one.test(), End.KNOWN, one.why())));
        Set<String> named = cases.stream().map(Case::name).collect(Collectors.toSet());
        others.stream().filter(one -> !named.contains(one.name())).forEach(cases::add);
        for (String flaky : suite.flaky()) {
            if (cases.stream().noneMatch(one -> one.name().equals(flaky))) {
                cases.add(new Case(flaky, End.PASSED, ""));
            }
        }
        fill(cases, End.FAILED, suite.counts().failed(), "a further test that failed");
        fill(cases, End.PASSED, suite.counts().passed(), "a further test that passed");
        fill(cases, End.SKIPPED, suite.counts().skipped(), "a further test that was skipped");
        return new SuiteCases(phase, suite, cases);
    }

    /** What is only counted and not named is there all the same, so that whoever counts gets the same numbers. */
    private static void fill(List<Case> cases, End end, int counted, String name) {
        long there = cases.stream().filter(one -> one.end() == end).count();
        for (long n = there; n < counted; n++) {
            cases.add(new Case(name + " (" + (n + 1) + " of " + counted + ")", end, ""));
        }
    }

    long count(End end) {
        return cases.stream().filter(one -> one.end() == end).count();
    }

    boolean flaky(Case one) {
        return suite.flaky().contains(one.name());
    }

    Stream<Case> all() {
        return cases.stream();
    }
}
