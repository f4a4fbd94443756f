package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.janitor.Inventory.Found;
import dev.bootproof.janitor.Inventory.Removal;
import dev.bootproof.stage.LeaseBook;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what is in the lab and has no live lease. The lab is listed first and the book read afterwards to its end, so
 * what was made for a lease is never older than what is known of the lease. What has no lease at all must have a certain
 * age, because its lease may be on its way; that of a run that was released cannot come, so what somebody who woke up late
 * made for it goes at once.
 *
 * <p>Failure: who cannot look removes nothing and says so.
 */
@ApplicationScoped
class SweepLab {
    private final Inventory inventory;
    private final LeaseBook book;
    private final JanitorConfig config;
    private final Clock clock;
    private final Tally tally;
    private final Set<String> reported = new HashSet<>();

    SweepLab(Inventory inventory, LeaseBook book, JanitorConfig config, Clock clock, Tally tally) {
        this.inventory = inventory;
        this.book = book;
        this.config = config;
        this.clock = clock;
        this.tally = tally;
    }

    /**
     * Sweeps once.
     *
     * @throws Inventory.Unreadable when the lab cannot be looked at; nothing was removed then
     */
    void sweep() {
        Found found = inventory.look();
        book.refresh();
        Instant young = clock.instant().minus(config.minimumAge());
        found.strangers().stream().filter(reported::add).forEach(SweepLab::report);
        List<Holding> leaks = found.holdings().stream()
                .filter(holding -> holding.since().isBefore(young) || known(holding))
                .filter(this::leaked)
                .toList();
        leaks.forEach(this::remove);
    }

    private boolean known(Holding holding) {
        return book.lease(holding.run()).isPresent();
    }

    /** An ended lease is not released before all is gone: its cleanup is on the agenda. */
    private boolean leaked(Holding holding) {
        return book.lease(holding.run())
                .filter(lease -> lease.state() != State.RELEASED)
                .isEmpty();
    }

    private void remove(Holding holding) {
        book.fresh(holding.run());
        if (!leaked(holding)) {
            return;
        }
        tally.leaked();
        switch (inventory.remove(holding)) {
            case Removal.Gone(String words, long bytes) -> {
                tally.removed(bytes);
                Log.warnf("%s had no lease and was removed runId=%s", words, holding.run());
            }
            case Removal.Left(String words, String why) -> {
                tally.failed();
                Log.errorf("%s has no lease and could not be removed: %s runId=%s", words, why, holding.run());
            }
        }
    }

    private static void report(String stranger) {
        Log.warnf("%s belongs to no run and is left alone", stranger);
    }
}
