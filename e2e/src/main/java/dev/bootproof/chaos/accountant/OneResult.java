package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Stored.Result;
import dev.bootproof.chaos.accountant.Stored.Tag;
import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A verdict about a digest has one result, which says the same, and at most one signed verdict. */
final class OneResult implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        List<Stored> registry = account.books().registry();
        Stream<Violation> results = several(of(registry, Result.class), Result::run, Result::digest, "results");
        Stream<Violation> attestations = several(
                of(registry, Stored.Attestation.class),
                Stored.Attestation::run,
                Stored.Attestation::digest,
                "signed verdicts");
        Stream<Violation> other = of(registry, Result.class).flatMap(result -> contradicts(account, result));
        Stream<Violation> missing =
                account.runs().filter(run -> missing(run, account)).map(OneResult::missing);
        return Stream.of(results, attestations, other, missing).flatMap(all -> all);
    }

    private static <T> Stream<T> of(List<Stored> registry, Class<T> type) {
        return registry.stream().filter(type::isInstance).map(type::cast);
    }

    private static <T> Stream<Violation> several(
            Stream<T> all, Function<T, RunId> run, Function<T, String> digest, String what) {
        Map<RunId, List<String>> byRun =
                all.collect(Collectors.groupingBy(run, Collectors.mapping(digest, Collectors.toList())));
        return byRun.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Violation(
                        Kind.DOUBLED,
                        entry.getKey().value(),
                        "several " + what + " of it hang on digests: " + String.join(" and ", entry.getValue())));
    }

    private static Stream<Violation> contradicts(Account account, Result result) {
        Verdict says = result.verdict();
        return account.runs()
                .filter(run -> says != null && run.id().equals(result.run()))
                .flatMap(run -> run.done().stream())
                .filter(done -> done.verdict() != says)
                .map(done -> new Violation(
                        Kind.DOUBLED,
                        result.run().value(),
                        "its result " + result.digest() + " says " + word(says) + " and its first verdict is "
                                + done.verdict().word()));
    }

    private static String word(@Nullable Verdict verdict) {
        return verdict == null ? "nothing" : verdict.word();
    }

    /** Only where it is known on which digest it hangs. */
    private static boolean missing(RunAccount run, Account account) {
        return run.done().map(TestsDone::digest).isPresent()
                && run.verdict()
                        .map(account::publishedDue)
                        .filter(account::past)
                        .isPresent()
                && of(account.books().registry(), Tag.class)
                        .noneMatch(tag -> tag.name().equals(Names.resultTag(run.id())));
    }

    private static Violation missing(RunAccount run) {
        return new Violation(
                Kind.LOST,
                run.id().value(),
                "its verdict is on the bus and no repository has the tag " + Names.resultTag(run.id()));
    }
}
