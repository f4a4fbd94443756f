package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.Look.Result;
import dev.bootproof.stage.Timer;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one stream: looks at it on its interval, at once when somebody says so, and less and less often while
 * looking fails. Never twice at once.
 */
final class Watch {
    private static final double JITTER = 0.1;
    private static final int LONGEST_SHIFT = 5;

    private final WatchedStream stream;
    private final Look look;
    private final Timer timer;
    private final Clock clock;
    private final Duration interval;
    private final Duration longestPause;
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicReference<Trigger> why = new AtomicReference<>(Trigger.POLL);
    private final AtomicReference<Timer.Appointment> next = new AtomicReference<>(() -> {});
    private volatile boolean stopped;
    private volatile Report report = Report.NOTHING;

    Watch(WatchedStream stream, Look look, Timer timer, Clock clock, PollerConfig config) {
        this.stream = stream;
        this.look = look;
        this.timer = timer;
        this.clock = clock;
        this.interval = stream.interval().orElse(config.interval());
        this.longestPause = config.longestPause();
    }

    /** Looks soon: at once, or right after the look that is under way. */
    void wake(Trigger trigger) {
        if (trigger != Trigger.POLL) {
            why.set(trigger);
        }
        if (wakes.getAndIncrement() == 0) {
            timer.soon(this::lookWhileAsked);
        }
    }

    WatchedStream stream() {
        return stream;
    }

    void stop() {
        stopped = true;
        next.get().cancel();
    }

    Report report() {
        return report;
    }

    private void lookWhileAsked() {
        int asked = wakes.get();
        while (asked != 0) {
            if (!stopped) {
                lookOnce();
            }
            asked = wakes.addAndGet(-asked);
        }
    }

    private void lookOnce() {
        Optional<Instant> limit = look.limited(stream);
        if (limit.isPresent()) {
            schedule(limit.get());
            return;
        }
        try {
            note(look.at(stream, why.getAndSet(Trigger.POLL)));
        } catch (RuntimeException e) {
            Log.errorf(e, "a look failed stream=%s", stream.name());
            note(new Result(new Outcome.Unavailable("the lab has a bug: " + e), null));
        }
    }

    private void note(Result result) {
        boolean good = switch (result.outcome()) {
            case Outcome.Unchanged(), Outcome.Moved(var _, var _) -> true;
            case Outcome.Missing(), Outcome.Refused(var _), Outcome.RateLimited(var _), Outcome.Unavailable(var _) ->
                false;
        };
        int failures = good ? 0 : report.failures() + 1;
        report = new Report(result.outcome(), clock.instant(), failures);
        if (failures == 1) {
            Log.warnf(
                    "cannot look: %s %s stream=%s",
                    result.outcome().word(), result.outcome().detail(), stream.name());
        }
        schedule(when(result, failures));
    }

    private Instant when(Result result, int failures) {
        Instant regular = clock.instant().plus(jittered(pause(failures)));
        if (result.outcome() instanceof Outcome.RateLimited(Duration retryAfter)) {
            Instant allowed = clock.instant().plus(retryAfter);
            return allowed.isAfter(regular) ? allowed : regular;
        }
        return result.again() != null && result.again().isBefore(regular) ? result.again() : regular;
    }

    private Duration pause(int failures) {
        if (failures < 2) {
            return interval;
        }
        Duration grown = interval.multipliedBy(1L << Math.min(failures - 1, LONGEST_SHIFT));
        Duration longest = interval.compareTo(longestPause) > 0 ? interval : longestPause;
        return grown.compareTo(longest) > 0 ? longest : grown;
    }

    private static Duration jittered(Duration pause) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofMillis(Math.round(pause.toMillis() * factor));
    }

    private void schedule(Instant when) {
        next.getAndSet(timer.at(when, () -> wake(Trigger.POLL))).cancel();
        if (stopped) {
            next.get().cancel();
        }
    }

    /**
     * How looking goes.
     *
     * @param outcome what came of the last look; null before the first
     * @param at when that was
     * @param failures how many looks failed in a row
     */
    record Report(@Nullable Outcome outcome, @Nullable Instant at, int failures) {
        static final Report NOTHING = new Report(null, null, 0);
    }
}
