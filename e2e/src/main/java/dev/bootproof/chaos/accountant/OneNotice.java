package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A target is told of a verdict once. Told again under the same key it may be only where publisher was struck in
 * between: between the telling and the book nobody can do better, and the key tells the receiver.
 */
final class OneNotice implements Rule {
    private static final Set<String> OTHERS =
            Set.of("broker", "registry", "poller", "disk-builder", "vm-provisioner", "test-runner", "janitor");

    @Override
    public Stream<Violation> check(Account account) {
        Books books = account.books();
        Stream<Violation> repeated = groups(books.notices(), Notice::known)
                .filter(told -> told.size() > 1 && !excused(told, books.hazards()))
                .map(told -> violation(
                        told,
                        "was told more than once under the key "
                                + told.getFirst().known()));
        Stream<Violation> renamed = groups(books.notices(), notice -> notice.target() + " " + notice.run())
                .filter(told -> told.stream().map(Notice::known).distinct().count() > 1)
                .map(told -> violation(told, "was told under several keys"));
        return Stream.concat(repeated, renamed);
    }

    /** How often somebody was told again under the same key, as is promised where publisher was struck in between. */
    static long again(Account account) {
        Books books = account.books();
        return groups(books.notices(), Notice::known)
                .filter(told -> excused(told, books.hazards()))
                .mapToLong(told -> told.size() - 1)
                .sum();
    }

    private static <K> Stream<List<Notice>> groups(List<Notice> notices, Function<Notice, K> by) {
        Map<K, List<Notice>> groups = notices.stream().collect(Collectors.groupingBy(by));
        return groups.values().stream();
    }

    private static boolean excused(List<Notice> told, List<Struck> hazards) {
        boolean same = told.stream().map(Notice::verdict).distinct().count() == 1;
        for (int n = 1; n < told.size(); n++) {
            Notice before = told.get(n - 1);
            Notice after = told.get(n);
            same &= hazards.stream().anyMatch(struck -> between(struck, before, after));
        }
        return same && told.size() > 1;
    }

    private static boolean between(Struck struck, Notice before, Notice after) {
        String what = struck.target() == null ? struck.hazard() : struck.target();
        boolean publisher = OTHERS.stream().noneMatch(what::contains);
        return publisher
                && !struck.over().isBefore(before.at().minusSeconds(1))
                && !struck.at().isAfter(after.at());
    }

    private static Violation violation(List<Notice> told, String how) {
        String when = told.stream()
                .map(notice -> notice.verdict() + " at " + notice.at())
                .collect(Collectors.joining(" and "));
        Notice first = told.getFirst();
        return new Violation(Kind.DOUBLED, first.run().value(), first.target() + " " + how + ": " + when);
    }
}
