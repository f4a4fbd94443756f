package dev.bootproof.janitor;

import dev.bootproof.stage.LeaseBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/** What the janitor counts. */
@ApplicationScoped
class Tally {
    private final MeterRegistry metrics;
    private final LeaseBook book;
    private final Clock clock;

    Tally(MeterRegistry metrics, LeaseBook book, Clock clock) {
        this.metrics = metrics;
        this.book = book;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge("bootproof.leases.overdue", this, Tally::overdue);
        metrics.counter("bootproof.removed.bytes");
        metrics.counter("bootproof.leaks");
        metrics.counter("bootproof.cleanup.failures");
        metrics.counter("bootproof.sweep.failures");
    }

    /** Leases that are past their instant and not released. */
    private double overdue() {
        Instant now = clock.instant();
        return book.leases().stream()
                .filter(lease -> switch (lease.state()) {
                    case HELD, ENDED -> lease.until().isBefore(now);
                    case RELEASED -> false;
                })
                .count();
    }

    /** Something was removed, which freed these bytes. */
    void removed(long bytes) {
        metrics.counter("bootproof.removed.bytes").increment((double) bytes);
    }

    /** A removal failed. */
    void failed() {
        metrics.counter("bootproof.cleanup.failures").increment();
    }

    /** The lab could not be swept. */
    void unswept() {
        metrics.counter("bootproof.sweep.failures").increment();
    }

    /** Something was found that no lease names. */
    void leaked() {
        metrics.counter("bootproof.leaks").increment();
    }

    /** How long one cleanup takes. */
    boolean timed(Supplier<Boolean> cleanup) {
        return Objects.requireNonNull(metrics.timer("bootproof.cleanup").record(cleanup));
    }
}
