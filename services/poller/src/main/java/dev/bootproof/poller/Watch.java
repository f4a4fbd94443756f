package dev.bootproof.poller;

import dev.bootproof.events.Trigger;
import dev.bootproof.poller.Hosts.Pause;
import dev.bootproof.poller.Subject.Result;
import dev.bootproof.stage.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one subject: looks at it on its interval, at once when somebody says so, and less and less often while
 * looking fails. What somebody said is not forgotten by a look that fails: a registry may announce a push a moment before
 * it can answer for it. Never twice at once, and never at a host that is to be left alone.
 */
final class Watch {
    private final Subject subject;
    private final Tools tools;
    private final Pace pace;
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicReference<Trigger> why = new AtomicReference<>(Trigger.POLL);
    private final AtomicReference<Timer.Appointment> next = new AtomicReference<>(() -> {});
    private volatile @Nullable Instant due;
    private volatile boolean stopped;
    private volatile Report report = Report.NOTHING;

    Watch(Subject subject, Tools tools, PollerConfig config) {
        this.subject = subject;
        this.tools = tools;
        this.pace = new Pace(subject.interval().orElse(config.interval()), config.longestPause());
    }

    /** Looks soon: as soon as the host has room, or right after the look that is under way. */
    void wake(Trigger trigger) {
        if (trigger != Trigger.POLL) {
            why.set(trigger);
        }
        if (wakes.getAndIncrement() == 0) {
            tools.hosts().submit(subject.host(), trigger == Trigger.PUSH, this::lookWhileAsked);
        }
    }

    Subject subject() {
        return subject;
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
        measureLateness();
        Optional<Pause> pause = tools.hosts().paused(subject.host());
        if (pause.isPresent()) {
            report = report.leftAlone(pause.get().because(), tools.clock().instant());
            schedule(pace.spread(pause.get().until()));
            return;
        }
        Trigger trigger = why.getAndSet(Trigger.POLL);
        try {
            note(subject.look(trigger, () -> !stopped), trigger);
        } catch (RuntimeException e) {
            if (!stopped) {
                Log.errorf(e, "a look failed subject=%s", subject.key());
            }
            note(new Result(new Outcome.LabBug("the lab has a bug: " + e), null), trigger);
        }
    }

    private void measureLateness() {
        Instant expected = due;
        if (expected != null) {
            tools.late(subject.host(), Duration.between(expected, tools.clock().instant()));
            due = null;
        }
    }

    private void note(Result result, Trigger trigger) {
        boolean first = report.at() == null;
        report = report.after(result.outcome(), tools.clock().instant());
        if (report.failures() == 1) {
            Log.warnf(
                    "cannot look: %s %s subject=%s",
                    result.outcome().word(), result.outcome().detail(), subject.key());
        }
        if (trigger != Trigger.POLL && !result.outcome().good()) {
            why.compareAndSet(Trigger.POLL, trigger);
            schedule(when(result, pace.soon(report.failures())));
        } else {
            schedule(when(result, first ? pace.afterFirst() : pace.after(report.failures())));
        }
    }

    private Instant when(Result result, Duration pause) {
        Instant now = tools.clock().instant();
        Instant regular = now.plus(pause);
        Instant allowed = result.outcome().pause().map(now::plus).orElse(now);
        Instant polled = allowed.isAfter(regular) ? pace.spread(allowed) : regular;
        Instant asked = result.again() != null && result.again().isBefore(polled) ? result.again() : polled;
        return subject.due(now).filter(asked::isAfter).orElse(asked);
    }

    private void schedule(Instant when) {
        due = when;
        next.getAndSet(tools.timer().at(when, () -> wake(Trigger.POLL))).cancel();
        if (stopped) {
            next.get().cancel();
        }
    }

    /**
     * What a watch works with.
     *
     * @param hosts where its turn comes
     * @param timer what wakes it
     * @param clock the time
     * @param metrics where its lateness is counted
     */
    record Tools(Hosts hosts, Timer timer, Clock clock, MeterRegistry metrics) {
        /** Whoever is woken before the time is not late. */
        void late(String host, Duration late) {
            if (late.isNegative()) {
                return;
            }
            io.micrometer.core.instrument.Timer.builder("bootproof.look.lateness")
                    .description("how much later than it was due a look began")
                    .tag("registry", host)
                    .publishPercentiles(0.5, 0.99)
                    .register(metrics)
                    .record(late);
        }
    }

    /**
     * How looking goes.
     *
     * @param outcome what came of the last look; null before the first
     * @param at when that was
     * @param since since when looks end with this word
     * @param failures how many looks failed in a row
     */
    record Report(
            @Nullable Outcome outcome,
            @Nullable Instant at,
            @Nullable Instant since,
            int failures) {
        static final Report NOTHING = new Report(null, null, null, 0);

        Report after(Outcome next, Instant now) {
            return new Report(next, now, since(next, now), next.good() ? 0 : failures + 1);
        }

        /** Nothing was asked, because the host is in trouble: what we know is old, and is not shown as if it were not. */
        Report leftAlone(Outcome because, Instant now) {
            return new Report(because, at, since(because, now), Math.max(1, failures));
        }

        private Instant since(Outcome next, Instant now) {
            boolean same = outcome != null
                    && since != null
                    && (outcome.word().equals(next.word()) || (outcome.good() && next.good()));
            return same && since != null ? since : now;
        }
    }
}
