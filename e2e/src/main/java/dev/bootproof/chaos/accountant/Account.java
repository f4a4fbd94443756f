package dev.bootproof.chaos.accountant;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Event;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The books, sorted by run, and how much time the claim leaves each run. */
final class Account {
    private final Books books;
    private final Allowance allowance;
    private final Map<RunId, RunAccount> named = new LinkedHashMap<>();
    private final List<RunAccount> runs;
    private final List<PutAside> putAside;

    Account(Books books, Allowance allowance) {
        this.books = books;
        this.allowance = allowance;
        this.putAside =
                books.bus().stream().filter(PutAside::isOne).map(PutAside::of).toList();
        books.bus().forEach(this::enter);
        for (Fired fired : books.fired()) {
            if (fired.run() != null) {
                run(fired.run()).add(fired);
            }
        }
        books.effects().stream()
                .sorted(Comparator.comparing(Effect::at))
                .forEach(effect -> run(effect.run()).add(effect));
        this.runs = named.values().stream()
                .filter(run -> run.exists() && !rejected(run))
                .toList();
    }

    private void enter(Line line) {
        if (line.content() instanceof Content.Said(Event event)) {
            run(runOf(event, line)).add(line);
        }
    }

    private static RunId runOf(Event event, Line line) {
        return switch (event) {
            case DigestChanged asked ->
                asked.runId(
                        line.place().partition(),
                        line.place().offset(),
                        line.at().toEpochMilli());
            case RunEvent about -> about.runId();
        };
    }

    private RunAccount run(RunId id) {
        return named.computeIfAbsent(id, RunAccount::new);
    }

    Books books() {
        return books;
    }

    /** Every record in a dead-letter topic. */
    List<PutAside> putAside() {
        return putAside;
    }

    /**
     * Every run that must end. What was only asked for and then put aside is none, and neither is a name in a record of a
     * later stage that nobody ever asked for.
     */
    Stream<RunAccount> runs() {
        return runs.stream();
    }

    /** The records of dead-letter topics that belong to this run. */
    List<PutAside> putAside(RunAccount run) {
        List<Place> asked = run.asked().stream().map(Line::place).toList();
        return putAside.stream()
                .filter(one -> asked.contains(one.origin())
                        || run.id().value().equals(one.line().key()))
                .toList();
    }

    /** An event that names no run which could be: nobody expects more of it than a reason, unless the driver does. */
    private boolean rejected(RunAccount run) {
        boolean wanted = run.fired().filter(fired -> !fired.mayEnd().isEmpty()).isPresent();
        return !wanted
                && run.lease().isEmpty()
                && run.verdicts().isEmpty()
                && run.effects().isEmpty()
                && !putAside(run).isEmpty();
    }

    /** When the last fault was repaired; at the beginning of time where there was none. */
    Instant mended() {
        return books.hazards().stream()
                .map(Struck::over)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** By when this run must have its verdict. */
    Instant verdictDue(RunAccount run) {
        Instant own = run.deadline().orElse(run.begun().plus(allowance.grace()));
        return latest(List.of(own, mended().plus(allowance.grace()))).plus(allowance.slack());
    }

    /** By when nothing of this run may be left; nothing where it is not known when it ended. */
    Optional<Instant> goneDue(RunAccount run) {
        return run.verdict().map(verdict -> {
            List<Instant> last = new ArrayList<>(List.of(verdict.at(), mended()));
            run.lease().map(Lease::until).ifPresent(last::add);
            return latest(last).plus(allowance.grace()).plus(allowance.slack());
        });
    }

    /** By when a record that cannot be understood must have been put aside. */
    Instant putAsideDue(Line line) {
        return latest(List.of(line.at(), mended())).plus(allowance.grace()).plus(allowance.slack());
    }

    /** By when the result of this run must hang on its digest. */
    Instant publishedDue(Line verdict) {
        return latest(List.of(verdict.at(), mended())).plus(allowance.publishing());
    }

    /** Until when somebody who had looked before the end may still be seen to do what he then began. */
    Instant touchedUntil(Instant end) {
        return end.plus(allowance.slack());
    }

    /** Whether this instant is past. */
    boolean past(Instant due) {
        return books.readAt().isAfter(due);
    }

    /** Whether so much time has passed since the last fault and the last event that nothing can be new. */
    boolean idle() {
        Instant last = books.bus().stream()
                .map(Line::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return past(latest(List.of(last, mended())).plus(allowance.grace()).plus(allowance.slack()));
    }

    private static Instant latest(List<Instant> instants) {
        return instants.stream().max(Comparator.naturalOrder()).orElseThrow();
    }
}
