package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunId;
import dev.bootproof.janitor.Inventory.Removal;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Takes away everything of one run and says so in the lease book.
 *
 * <p>Failure: logged and counted; the lease stays ended, and the book says released only after another look found
 * nothing. Doing it again at any point is safe.
 */
@ApplicationScoped
class CleanRun {
    private static final int AT_ONCE = 4;

    private final Inventory inventory;
    private final FinishedSteps steps;
    private final Leases leases;
    private final LeaseBook book;
    private final Traces traces;
    private final Tally tally;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final OneAtATime one = new OneAtATime();

    CleanRun(Inventory inventory, FinishedSteps steps, Leases leases, LeaseBook book, Traces traces, Tally tally) {
        this.inventory = inventory;
        this.steps = steps;
        this.leases = leases;
        this.book = book;
        this.traces = traces;
        this.tally = tally;
    }

    /** Cleans up after this run, whose lease has ended and is due; true when nothing is left. */
    boolean clean(RunId run) {
        room.acquireUninterruptibly();
        try {
            return one.of(run, () -> cleanEnded(run));
        } finally {
            room.release();
        }
    }

    /** Somebody may have cleaned up while we waited. */
    private boolean cleanEnded(RunId run) {
        Optional<Lease> ended = ended(run);
        return ended.isEmpty()
                || traces.span("clean", SpanKind.INTERNAL, book.context(run), run, () -> release(ended.get()));
    }

    /** Also another janitor may have cleaned up, and said so. */
    private Optional<Lease> ended(RunId run) {
        return book.fresh(run).filter(lease -> lease.state() == State.ENDED);
    }

    private boolean release(Lease lease) {
        List<String> removed = new ArrayList<>();
        boolean clean = tally.timed(() -> nothingLeft(lease.runId(), removed) && withoutSteps(lease));
        if (clean && ended(lease.runId()).isPresent()) {
            leases.release(lease, removed);
        }
        return clean;
    }

    private boolean withoutSteps(Lease lease) {
        boolean gone = lease.pins() == null || steps.remove(lease.runId(), lease.pins());
        if (!gone) {
            tally.failed();
        }
        return gone;
    }

    private boolean nothingLeft(RunId run, List<String> removed) {
        try {
            for (Holding holding : inventory.of(run)) {
                if (!remove(holding, removed)) {
                    return false;
                }
            }
            return inventory.of(run).isEmpty();
        } catch (Inventory.Unreadable e) {
            tally.failed();
            Log.errorf("cannot clean up: %s runId=%s", e.getMessage(), run);
            return false;
        }
    }

    private boolean remove(Holding holding, List<String> removed) {
        return switch (inventory.remove(holding)) {
            case Removal.Gone(String words, long bytes) -> {
                removed.add(words);
                tally.removed(bytes);
                yield true;
            }
            case Removal.Left(String words, String why) -> {
                tally.failed();
                Log.warnf("%s could not be removed: %s runId=%s", words, why, holding.run());
                yield false;
            }
        };
    }
}
