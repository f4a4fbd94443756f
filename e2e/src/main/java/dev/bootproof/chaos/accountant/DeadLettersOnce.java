package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What cannot be understood lies once in the dead-letter topic, with a reason. */
final class DeadLettersOnce implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        Map<Place, List<PutAside>> byOrigin = account.putAside().stream()
                .filter(one -> one.origin() != null)
                .collect(Collectors.groupingBy(one -> Objects.requireNonNull(one.origin())));
        Stream<Violation> missing = account.books().bus().stream()
                .filter(line -> line.content() instanceof Content.Unreadable)
                .filter(line -> !byOrigin.containsKey(line.place()))
                .filter(line -> account.past(account.putAsideDue(line)))
                .map(DeadLettersOnce::missing);
        Stream<Violation> repeated = byOrigin.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> repeated(entry.getKey(), entry.getValue()));
        Stream<Violation> mute = account.putAside().stream()
                .filter(one -> one.withoutReason() || one.origin() == null)
                .map(DeadLettersOnce::mute);
        return Stream.of(missing, repeated, mute).flatMap(all -> all);
    }

    private static Violation missing(Line line) {
        String why = line.content() instanceof Content.Unreadable(String said) ? said : "";
        return new Violation(
                Kind.LOST,
                line.place().toString(),
                "it cannot be understood (" + why + ") and lies in no dead-letter topic");
    }

    private static Violation repeated(Place origin, List<PutAside> copies) {
        String places =
                copies.stream().map(one -> one.line().place().toString()).collect(Collectors.joining(" and "));
        return new Violation(Kind.DOUBLED, origin.toString(), "it was put aside more than once: " + places);
    }

    private static Violation mute(PutAside one) {
        return new Violation(
                Kind.LOST, one.line().place().toString(), "it was put aside without a reason or without its origin");
    }
}
