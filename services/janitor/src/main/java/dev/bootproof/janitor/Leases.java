package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.LeaseBook;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of the lease book that only the janitor writes. */
@ApplicationScoped
class Leases {
    private final LeaseBook book;
    private final JanitorConfig config;
    private final Clock clock;
    private final OneAtATime one = new OneAtATime();

    Leases(LeaseBook book, JanitorConfig config, Clock clock) {
        this.book = book;
        this.config = config;
        this.clock = clock;
    }

    /** Says that the verdict is out and when cleanup is due, unless that has been said; true when it was said now. */
    boolean end(RunId run, Verdict verdict) {
        return one.of(run, () -> endHeld(run, verdict));
    }

    private boolean endHeld(RunId run, Verdict verdict) {
        Optional<Lease> lease = book.fresh(run);
        if (lease.isPresent() && !lease.get().held()) {
            return false;
        }
        Pins pins = lease.map(Lease::pins).orElse(null);
        Instant due = clock.instant().plus(kept(pins, verdict));
        write(run, State.ENDED, due, pins, List.of());
        Log.infof("lease ended, cleanup due at %s runId=%s", due, run);
        return true;
    }

    /** How long it stays for people to look at; of a skipped run there is nothing to see. */
    private Duration kept(@Nullable Pins pins, Verdict verdict) {
        Duration asked =
                pins == null || pins.keep() == null || verdict == Verdict.SKIPPED ? Duration.ZERO : pins.keep();
        return asked.compareTo(config.grace()) > 0 ? asked : config.grace();
    }

    /** Says that everything is gone. */
    void release(Lease lease, List<String> removed) {
        write(lease.runId(), State.RELEASED, clock.instant(), lease.pins(), removed);
        Log.infof("lease released, removed %s runId=%s", removed, lease.runId());
    }

    private void write(RunId run, State state, Instant until, @Nullable Pins pins, List<String> removed) {
        book.write(new CleanupDue(run, state, until, Stage.JANITOR, 0, clock.instant(), pins, removed));
    }
}
