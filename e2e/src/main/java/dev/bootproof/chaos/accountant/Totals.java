package dev.bootproof.chaos.accountant;

import dev.bootproof.events.TestsDone;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the books add up to.
 *
 * @param runs runs that had to end
 * @param verdicts how many ended how
 * @param open runs without a verdict that have time left
 * @param late verdicts that came after the first of their run and were passed over
 * @param passedOver lease lines that came after the end of their run and were passed over
 * @param toldAgain notices repeated under their own key after publisher was struck
 * @param putAside records in dead-letter topics
 * @param hazards how often which fault was injected
 */
public record Totals(
        long runs,
        Map<String, Long> verdicts,
        long open,
        long late,
        long passedOver,
        long toldAgain,
        long putAside,
        Map<String, Long> hazards) {
    static Totals of(Account account) {
        return new Totals(
                account.runs().count(),
                count(account.runs()
                        .map(RunAccount::done)
                        .flatMap(Optional::stream)
                        .map(TestsDone::verdict)
                        .map(verdict -> verdict.word())),
                account.runs()
                        .filter(run -> run.verdict().isEmpty() && !account.past(account.verdictDue(run)))
                        .count(),
                account.runs()
                        .mapToLong(run -> Math.max(0, run.verdicts().size() - 1))
                        .sum(),
                account.runs().mapToLong(LeaseGoesForward::passedOver).sum(),
                OneNotice.again(account),
                account.putAside().size(),
                count(account.books().hazards().stream().map(Struck::hazard)));
    }

    private static Map<String, Long> count(Stream<String> words) {
        return words.collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }
}
