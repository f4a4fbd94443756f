package dev.bootproof.janitor;

import dev.bootproof.stage.Timer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The janitor's rounds: at start, then on a schedule, each beginning after the last has ended. */
@ApplicationScoped
class Rounds {
    private static final Duration STORE_ROUND = Duration.ofMinutes(10);

    private final SweepLab lab;
    private final SweepStore store;
    private final JanitorConfig config;
    private final Clock clock;
    private final Timer timer;
    private final Tally tally;
    private final AtomicReference<State> state = new AtomicReference<>(new State(Instant.EPOCH, "not swept yet"));

    Rounds(SweepLab lab, SweepStore store, JanitorConfig config, Clock clock, Timer timer, Tally tally) {
        this.lab = lab;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
        this.tally = tally;
    }

    void start(@Observes StartupEvent event) {
        timer.soon(this::labRound);
        timer.soon(this::storeRound);
    }

    private void labRound() {
        attempt(lab::sweep);
        timer.at(clock.instant().plus(config.sweepInterval()), this::labRound);
    }

    private void storeRound() {
        attempt(store::sweep);
        timer.at(clock.instant().plus(STORE_ROUND), this::storeRound);
    }

    private void attempt(Runnable sweep) {
        try {
            sweep.run();
            state.set(new State(clock.instant(), ""));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                Log.debugf("a round was left because the janitor stops: %s", e.getMessage());
                return;
            }
            tally.unswept();
            state.updateAndGet(before -> new State(before.at(), String.valueOf(e.getMessage())));
            Log.errorf("nothing was swept: %s", e.getMessage());
        }
    }

    /** How the last round went. */
    State state() {
        return state.get();
    }

    /**
     * How the last round went.
     *
     * @param at when a round last went well
     * @param trouble why the last one did not; empty when it did
     */
    record State(Instant at, String trouble) {}
}
