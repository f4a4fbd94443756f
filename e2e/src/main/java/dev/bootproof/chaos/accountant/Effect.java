package dev.bootproof.chaos.accountant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bootproof.events.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the world saw, whatever Bootproof says of it: a line of {@code effects.jsonl}.
 *
 * @param at when
 * @param kind what began or ended
 * @param run the run
 * @param phase the phase, from 0
 * @param suite the suite, where it is about one
 * @param attempt which attempt of the suite, from 1, where it is known
 * @param pid the machine's process
 */
public record Effect(
        Instant at,
        Kind kind,
        RunId run,
        int phase,
        @Nullable String suite,
        @Nullable Integer attempt,
        long pid) {
    /** What began or ended. */
    public enum Kind {
        @JsonProperty("machine-started")
        MACHINE_STARTED,
        @JsonProperty("machine-ended")
        MACHINE_ENDED,
        @JsonProperty("suite-started")
        SUITE_STARTED,
        @JsonProperty("suite-ended")
        SUITE_ENDED
    }
}
