package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.LeaseBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Cleans up after a run before it is due, because nobody looks at its machine any more.
 *
 * <p>Failure: what could not be removed is tried again by the {@link Agenda} when the run is due. Asked again, a run
 * that is gone stays gone.
 */
@ApplicationScoped
class ReleaseRun {
    private final LeaseBook book;
    private final Leases leases;
    private final Decisions decisions;
    private final CleanRun clean;

    ReleaseRun(LeaseBook book, Leases leases, Decisions decisions, CleanRun clean) {
        this.book = book;
        this.leases = leases;
        this.decisions = decisions;
        this.clean = clean;
    }

    /** Releases the run now. */
    Wish release(RunId run) {
        Optional<Lease> lease = book.fresh(run);
        if (lease.isEmpty()) {
            return Wish.unknown(run);
        }
        return switch (lease.get().state()) {
            case HELD -> releaseHeld(run);
            case ENDED -> cleaned(run);
            case RELEASED -> gone(run);
        };
    }

    /** Between the verdict and our line about it a lease is still held. */
    private Wish releaseHeld(RunId run) {
        if (!book.decided(run)) {
            return new Wish.Refused(
                    "the run " + run + " goes on: wait for its verdict, or cancel it (./bootproof cancel " + run + ")");
        }
        Verdict verdict = decisions.of(run).map(TestsDone::verdict).orElse(Verdict.ERRORED);
        leases.end(run, verdict);
        return cleaned(run);
    }

    private Wish cleaned(RunId run) {
        if (!clean.clean(run)) {
            return new Wish.Unfinished("not everything of " + run + " could be removed: the janitor's log says what");
        }
        return gone(run);
    }

    private Wish gone(RunId run) {
        List<String> removed = book.lease(run)
                .filter(lease -> lease.state() == State.RELEASED)
                .map(lease -> lease.lines().getLast().removed())
                .orElse(List.of());
        return new Wish.Granted(run, "nothing is left of " + run, removed);
    }
}
