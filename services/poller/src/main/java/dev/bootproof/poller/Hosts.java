package dev.bootproof.poller;

import dev.bootproof.stage.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How much is asked of each host: only so much at once, and nothing while it is to be left alone. */
@ApplicationScoped
class Hosts {
    /** So many failures in a row may be chance. */
    private static final int PATIENCE = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_SHIFT = 12;

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final PollerConfig config;
    private final Timer timer;
    private final Clock clock;
    private final MeterRegistry metrics;

    Hosts(PollerConfig config, Timer timer, Clock clock, MeterRegistry metrics) {
        this.config = config;
        this.timer = timer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Does the work when there is room at this host. */
    void submit(String host, boolean urgent, Runnable work) {
        lanes.computeIfAbsent(host, key -> new Lane(config.looksPerRegistry(), timer::soon))
                .submit(work, urgent);
    }

    /** Why and until when this host is left alone, where it is. */
    Optional<Pause> paused(String host) {
        return Optional.ofNullable(states.get(host))
                .map(State::pause)
                .filter(pause -> clock.instant().isBefore(pause.until()));
    }

    /** Counts what came of a request, and remembers when the host is to be left alone. */
    Outcome note(String host, Outcome outcome) {
        metrics.counter("bootproof.looks", "registry", host, "outcome", outcome.word())
                .increment();
        states.compute(host, (key, before) -> after(key, before == null ? State.WELL : before, outcome));
        return outcome;
    }

    private State after(String host, State before, Outcome outcome) {
        if (!outcome.ofHost()) {
            return before.pause() == null
                            || clock.instant().isAfter(before.pause().until())
                    ? State.WELL
                    : before;
        }
        if (outcome.pause().isPresent()) {
            return new State(before.failures(), pause(host, outcome.pause().get(), outcome));
        }
        if (paused(host).isPresent()) {
            return before;
        }
        int failures = before.failures() + 1;
        if (failures < PATIENCE) {
            return new State(failures, null);
        }
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - PATIENCE, LONGEST_SHIFT));
        Duration longest = config.longestPause();
        return new State(failures, pause(host, grown.compareTo(longest) > 0 ? longest : grown, outcome));
    }

    private Pause pause(String host, Duration least, Outcome because) {
        long jitter = ThreadLocalRandom.current().nextLong(least.toMillis() / 4 + 1);
        Instant until = clock.instant().plus(least).plusMillis(jitter);
        Log.warnf("left alone until %s: %s %s host=%s", until, because.word(), because.detail(), host);
        return new Pause(until, because);
    }

    /**
     * A host is left alone.
     *
     * @param until until when
     * @param because what came of the last request
     */
    record Pause(Instant until, Outcome because) {}

    /**
     * How a host does.
     *
     * @param failures how many requests failed in a row
     * @param pause the pause that came of that, perhaps over; null where there was none
     */
    private record State(int failures, @Nullable Pause pause) {
        static final State WELL = new State(0, null);
    }
}
