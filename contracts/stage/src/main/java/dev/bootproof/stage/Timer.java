package dev.bootproof.stage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that waits for instants, and a virtual thread for each thing to be done then.
 *
 * <p>Failure: what was not begun when the service stops is not done, and what was begun is interrupted.
 */
@ApplicationScoped
public class Timer {
    private final ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("timer").daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Clock clock;

    Timer(Clock clock) {
        this.clock = clock;
        clockwork.setRemoveOnCancelPolicy(true);
    }

    /** Does it on a thread of its own, now. */
    public void soon(Runnable work) {
        if (!workers.isShutdown()) {
            workers.execute(work);
        }
    }

    /** Does it on a thread of its own at this instant, or now when that has passed. */
    public Appointment at(Instant when, Runnable work) {
        long delay = Math.max(0, Duration.between(clock.instant(), when).toMillis() + 1);
        ScheduledFuture<?> entry = clockwork.schedule(() -> soon(work), delay, TimeUnit.MILLISECONDS);
        return () -> entry.cancel(false);
    }

    @PreDestroy
    void close() {
        clockwork.shutdownNow();
        workers.shutdownNow();
    }

    /** Something to be done at an instant. */
    @FunctionalInterface
    public interface Appointment {
        /** Does not do it. */
        void cancel();
    }
}
