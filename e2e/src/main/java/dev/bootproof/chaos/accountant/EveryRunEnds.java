package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event that the broker accepted has its verdict in time, and every verdict a lease that was released. */
final class EveryRunEnds implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        return account.runs()
                .flatMap(run -> (run.verdict().isPresent() ? unfinished(run, account) : lost(run, account))
                        .stream().map(seen -> new Violation(Kind.LOST, run.id().value(), seen)));
    }

    private static Optional<String> lost(RunAccount run, Account account) {
        List<PutAside> putAside = account.putAside(run);
        if (!putAside.isEmpty()) {
            return Optional.of(
                    "its record lies in " + putAside.getFirst().line().place() + " and it has no verdict");
        }
        Instant due = account.verdictDue(run);
        return account.past(due)
                ? Optional.of("it has no verdict, due " + due + "; " + lastHeard(run))
                : Optional.empty();
    }

    private static String lastHeard(RunAccount run) {
        String asked = run.asked().isEmpty()
                ? "its event was not read on the bus"
                : "asked for at "
                        + run.asked().stream()
                                .map(line -> line.place().toString())
                                .collect(Collectors.joining(", "));
        String lease = run.leaseLines().isEmpty()
                ? "no lease"
                : "last line of the lease at " + run.leaseLines().getLast().place();
        return asked + ", " + lease;
    }

    private static Optional<String> unfinished(RunAccount run, Account account) {
        Line verdict = run.verdict().orElseThrow();
        Instant due = account.verdictDue(run);
        if (verdict.at().isAfter(due)) {
            return Optional.of("its verdict at " + verdict.place() + " came at " + verdict.at() + ", due " + due);
        }
        if (account.goneDue(run).filter(account::past).isEmpty()) {
            return Optional.empty();
        }
        State state = run.lease().map(Lease::state).orElse(State.HELD);
        return state == State.RELEASED
                ? Optional.empty()
                : Optional.of("its verdict is at " + verdict.place() + " and its lease never got further than "
                        + (run.leaseLines().isEmpty() ? "nothing" : state.word()));
    }
}
