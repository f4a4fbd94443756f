package dev.bootproof.poller;

import dev.bootproof.events.Fault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of the run that a stream announced last. */
sealed interface RunStatus {
    /** There is none. */
    record None() implements RunStatus {}

    /** It was announced and nobody has taken it yet, or somebody is at work for it. */
    record Busy() implements RunStatus {}

    /** It was announced long ago and nobody took it. */
    record Lost() implements RunStatus {}

    /**
     * It is over.
     *
     * @param fault why it did not pass; null where it passed or where that is not known any more
     * @param at when it ended
     */
    record Over(@Nullable Fault fault, Instant at) implements RunStatus {}

    /** Whether nothing else may be announced now. */
    default boolean busy() {
        return this instanceof Busy || this instanceof Lost;
    }
}
