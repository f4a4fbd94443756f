package dev.bootproof.janitor;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Traces;
import dev.bootproof.stage.Verdicts;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Ends a run because a person wants it ended: as {@code skipped}, since nothing was found out about the image.
 *
 * <p>Failure: the first verdict counts; who is late is told of it. Killed after the verdict, the rest is done as for any
 * other verdict.
 */
@ApplicationScoped
class CancelRun {
    private final LeaseBook book;
    private final Verdicts verdicts;
    private final Leases leases;
    private final Decisions decisions;
    private final Traces traces;
    private final OneAtATime one = new OneAtATime();

    CancelRun(LeaseBook book, Verdicts verdicts, Leases leases, Decisions decisions, Traces traces) {
        this.book = book;
        this.verdicts = verdicts;
        this.leases = leases;
        this.decisions = decisions;
        this.traces = traces;
    }

    /** Cancels the run in the name of this person. */
    Wish cancel(RunId run, String by) {
        boolean _ = one.of(run, () -> endHeld(run, by));
        return book.lease(run).isEmpty() && !book.decided(run) ? Wish.unknown(run) : ended(run);
    }

    private boolean endHeld(RunId run, String by) {
        Optional<Lease> held = book.live(run);
        return held.isPresent()
                && traces.span("cancel", SpanKind.INTERNAL, book.context(run), run, () -> end(held.get(), by));
    }

    private boolean end(Lease lease, String by) {
        Pins pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
        verdicts.end(lease.runId(), pins, Fault.CANCELLED, by, List.of());
        return leases.end(lease.runId(), Fault.CANCELLED.verdict());
    }

    private Wish ended(RunId run) {
        Optional<TestsDone> done = decisions.of(run);
        String sentence = done.map(verdict -> verdict.verdict().word() + ": " + verdict.reason())
                .orElse("its verdict is forgotten");
        return done.filter(verdict -> verdict.fault() == Fault.CANCELLED).isPresent()
                ? new Wish.Granted(run, sentence, List.of())
                : new Wish.Refused("the run " + run + " has ended already, " + sentence);
    }
}
