package dev.bootproof.poller;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Forgets pull requests that were closed or lost their label, after a time: one that comes back meanwhile, or that GitHub
 * kept from us for an hour, is not tested twice.
 *
 * <p>Failure: what could not be forgotten now is forgotten after a later look.
 */
@ApplicationScoped
class PullMemory {
    private final StateBook states;
    private final Runs runs;
    private final Clock clock;
    private final Duration forgetAfter;

    PullMemory(StateBook states, Runs runs, Clock clock, PollerConfig config) {
        this.states = states;
        this.runs = runs;
        this.clock = clock;
        this.forgetAfter = config.forgetAfter();
    }

    /**
     * These and no others are watched by this watch.
     *
     * @param streams the streams of what is open and carries the label
     * @param ours whether it is still ours to remember anything; asked right before that
     */
    void only(String watch, Set<String> streams, BooleanSupplier ours) {
        states.pulls().stream().filter(state -> state.watch().equals(watch)).forEach(state -> {
            if (ours.getAsBoolean()) {
                keepOrForget(state, streams.contains(state.stream()));
            }
        });
    }

    private void keepOrForget(PullState state, boolean listed) {
        Instant gone = state.gone();
        if (listed) {
            if (gone != null) {
                states.remember(state.gone(null));
            }
            return;
        }
        if (gone == null) {
            states.remember(state.gone(clock.instant()));
        } else if (!clock.instant().isBefore(gone.plus(forgetAfter))
                && !runs.statusOf(state.announced()).busy()) {
            states.forget(state);
        }
    }
}
