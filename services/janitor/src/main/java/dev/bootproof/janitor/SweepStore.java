package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Topic;
import dev.bootproof.janitor.DiskStore.GoldenDisk;
import dev.bootproof.janitor.Inventory.Removal;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Removes golden disks by policy, and leases that were released long ago from the book. */
@ApplicationScoped
class SweepStore {
    private final DiskStore store;
    private final LeaseBook book;
    private final DiskPolicy policy;
    private final Bus bus;
    private final Clock clock;
    private final Tally tally;

    SweepStore(DiskStore store, LeaseBook book, JanitorConfig config, Bus bus, Clock clock, Tally tally) {
        this.store = store;
        this.book = book;
        this.policy = new DiskPolicy(config.keepDisks(), config.keepDiskBytes().asLongValue(), config.minimumAge());
        this.bus = bus;
        this.clock = clock;
        this.tally = tally;
    }

    void start(@Observes StartupEvent event, MeterRegistry metrics) {
        metrics.gauge("bootproof.stale.work", store, DiskStore::staleWork);
    }

    /** Sweeps once: finishes what was begun, lists, then reads the book to its end, then decides. */
    void sweep() {
        store.finish().forEach(this::count);
        List<GoldenDisk> disks = store.disks();
        book.refresh();
        Instant now = clock.instant();
        policy.superfluous(disks, book.leases(), now).forEach(this::remove);
        book.leases().stream().filter(lease -> forgotten(lease, now)).forEach(this::forget);
    }

    private void remove(GoldenDisk disk) {
        book.refresh();
        if (DiskPolicy.named(disk, book.leases())) {
            return;
        }
        count(store.remove(disk));
    }

    private void count(Removal removal) {
        switch (removal) {
            case Removal.Gone(String words, long bytes) -> {
                tally.removed(bytes);
                Log.infof("%s was removed, %d bytes freed", words, bytes);
            }
            case Removal.Left(String words, String why) -> {
                tally.failed();
                Log.warnf("%s could not be removed: %s", words, why);
            }
        }
    }

    private static boolean forgotten(Lease lease, Instant now) {
        return lease.state() == State.RELEASED
                && lease.until().plus(Topic.CLEANUP_DUE.retention()).isBefore(now);
    }

    private void forget(Lease lease) {
        bus.send(Topic.CLEANUP_DUE, lease.runId().value(), null, new RecordHeaders());
    }
}
