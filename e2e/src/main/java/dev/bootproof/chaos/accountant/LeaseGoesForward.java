package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lease goes forward and is released once. Who looked before the end and wrote right after it is passed over by every
 * reader; who writes later was not fenced.
 */
final class LeaseGoesForward implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        return account.runs().flatMap(run -> Stream.concat(back(run, account), releasedTwice(run)));
    }

    private static Stream<Violation> back(RunAccount run, Account account) {
        Optional<Line> ended = first(run, State.ENDED).or(() -> first(run, State.RELEASED));
        Optional<Line> released = first(run, State.RELEASED);
        Stream<Line> held = ended.stream()
                .flatMap(end ->
                        after(run, end, State.HELD).filter(line -> line.at().isAfter(account.touchedUntil(end.at()))));
        Stream<Line> again = released.stream().flatMap(end -> after(run, end, State.ENDED));
        return Stream.concat(held, again)
                .map(line -> new Violation(
                        Kind.DOUBLED,
                        run.id().value(),
                        "its lease goes back: " + words(line) + " after " + words(ended.orElse(line))));
    }

    private static Stream<Violation> releasedTwice(RunAccount run) {
        List<Line> released = run.leaseLines().stream()
                .filter(line -> is(line, State.RELEASED))
                .toList();
        long contents = released.stream()
                .flatMap(line -> line.said(CleanupDue.class).stream())
                .map(CleanupDue::removed)
                .distinct()
                .count();
        return contents < 2
                ? Stream.empty()
                : Stream.of(new Violation(
                        Kind.DOUBLED,
                        run.id().value(),
                        "its lease was released more than once, with different contents: " + words(released.getFirst())
                                + " and " + words(released.getLast())));
    }

    /** Lines of this state that were passed over because the lease was further already. */
    static long passedOver(RunAccount run) {
        return first(run, State.ENDED).stream()
                .flatMap(end -> after(run, end, State.HELD))
                .count();
    }

    private static Optional<Line> first(RunAccount run, State state) {
        return run.leaseLines().stream().filter(line -> is(line, state)).findFirst();
    }

    private static Stream<Line> after(RunAccount run, Line end, State state) {
        return run.leaseLines().stream()
                .filter(line -> line.place().offset() > end.place().offset() && is(line, state));
    }

    private static boolean is(Line line, State state) {
        return RunAccount.state(line).filter(state::equals).isPresent();
    }

    private static String words(Line line) {
        String state = RunAccount.state(line).map(State::word).orElse("nothing");
        Instant at = line.at();
        return state + " at " + line.place() + " (" + at + ")";
    }
}
