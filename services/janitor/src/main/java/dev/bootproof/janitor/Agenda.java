package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Timer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When what is due: the deadline of a held lease, the cleanup of an ended one. The book drives it; nothing is polled.
 *
 * <p>Failure: what did not work is done again later, with growing pauses, until it worked.
 */
@ApplicationScoped
class Agenda {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_SHIFT = 10;

    private final LeaseBook book;
    private final Deadline deadline;
    private final CleanRun clean;
    private final JanitorConfig config;
    private final Clock clock;
    private final Timer timer;
    private final Map<RunId, Timer.Appointment> entries = new ConcurrentHashMap<>();
    private final Map<RunId, Integer> failures = new ConcurrentHashMap<>();

    Agenda(LeaseBook book, Deadline deadline, CleanRun clean, JanitorConfig config, Clock clock, Timer timer) {
        this.book = book;
        this.deadline = deadline;
        this.clean = clean;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
    }

    void start(@Observes StartupEvent event) {
        timer.soon(() -> {
            book.awaitCaughtUp();
            book.onChange(this::note);
            book.leases().forEach(this::note);
        });
    }

    /** Takes what the book says now, not what it said when we were told: threads may tell in another order. */
    private void note(Lease told) {
        RunId run = told.runId();
        entries.compute(run, (key, before) -> {
            cancel(before);
            return book.lease(run)
                    .filter(lease -> lease.state() != State.RELEASED)
                    .map(lease -> appoint(run, lease.until()))
                    .orElse(null);
        });
        if (!entries.containsKey(run)) {
            failures.remove(run);
        }
    }

    private Timer.Appointment appoint(RunId run, Instant when) {
        return timer.at(when, () -> doDue(run));
    }

    private static void cancel(Timer.@Nullable Appointment entry) {
        if (entry != null) {
            entry.cancel();
        }
    }

    private void doDue(RunId run) {
        try {
            if (!done(run)) {
                again(run);
            }
        } catch (RuntimeException e) {
            Log.errorf(e, "what was due could not be done runId=%s", run);
            again(run);
        }
    }

    private boolean done(RunId run) {
        Lease lease = book.fresh(run).orElse(null);
        if (lease == null || lease.until().isAfter(clock.instant())) {
            return true;
        }
        return switch (lease.state()) {
            case HELD -> {
                deadline.pass(lease);
                yield true;
            }
            case ENDED -> clean.clean(run);
            case RELEASED -> true;
        };
    }

    private void again(RunId run) {
        int before = failures.merge(run, 1, Integer::sum) - 1;
        Duration pause = config.retryBackoff().multipliedBy(1L << Math.min(before, LONGEST_SHIFT));
        Instant when = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        entries.computeIfPresent(run, (key, entry) -> {
            entry.cancel();
            return appoint(run, when);
        });
    }

    @PreDestroy
    void close() {
        entries.values().forEach(Agenda::cancel);
    }
}
