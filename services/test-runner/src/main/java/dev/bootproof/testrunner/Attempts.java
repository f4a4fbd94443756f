package dev.bootproof.testrunner;

import dev.bootproof.testrunner.TestCase.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What several attempts of one suite say together. The first attempt decides: what failed in it has failed. The others
 * only tell which tests are flaky, because they failed in some attempts and passed in others.
 *
 * @param cases each test once, as it went when it was first told
 * @param flaky the names of those that failed in one attempt and passed in another
 */
record Attempts(List<TestCase> cases, Set<String> flaky) {
    static Attempts of(List<List<TestCase>> attempts) {
        List<Set<String>> failed = attempts.stream().map(Attempts::failed).toList();
        List<Set<String>> passed = new ArrayList<>();
        for (int n = 0; n < attempts.size(); n++) {
            passed.add(names(attempts.get(n), test -> test.outcome() == Outcome.PASSED));
            passed.get(n).removeAll(failed.get(n));
        }
        Set<String> flaky = new LinkedHashSet<>(union(failed));
        flaky.retainAll(union(passed));
        flaky.addAll(vanished(attempts));
        return new Attempts(merged(attempts), flaky);
    }

    private static List<TestCase> merged(List<List<TestCase>> attempts) {
        List<TestCase> cases = new ArrayList<>();
        Set<String> known = Set.of();
        for (List<TestCase> attempt : attempts) {
            Set<String> before = known;
            attempt.stream().filter(test -> !before.contains(test.name())).forEach(cases::add);
            known = names(cases, test -> true);
        }
        return cases;
    }

    /** That tests were missing is no test, so it cannot pass; it is flaky when they are there the next time. */
    private static Set<String> vanished(List<List<TestCase>> attempts) {
        Set<String> gone = union(attempts.stream()
                .map(attempt -> names(attempt, test -> test.outcome() == Outcome.ABORTED))
                .toList());
        gone.removeIf(
                name -> attempts.stream().allMatch(attempt -> failed(attempt).contains(name)));
        return gone;
    }

    private static Set<String> failed(List<TestCase> tests) {
        return names(tests, TestCase::failed);
    }

    private static Set<String> names(List<TestCase> tests, Predicate<TestCase> which) {
        return tests.stream().filter(which).map(TestCase::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
