package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the lease book: when everything of this run must be gone, and whether it is.
 *
 * @param runId the run
 * @param state how far the lease is
 * @param until held: the run's deadline; ended: when cleanup is due; released: when it was done
 * @param by who writes
 * @param phase the phase whose work starts, from 0; 0 where it is about the whole run
 * @param at when it was written
 * @param pins what is fixed for the run, repeated in every line; null only where a run ended before it could be pinned
 * @param removed what the janitor removed, in words; empty but for released
 */
public record CleanupDue(
        RunId runId,
        State state,
        Instant until,
        Stage by,
        int phase,
        Instant at,
        @Nullable Pins pins,
        List<String> removed)
        implements RunEvent {

    public CleanupDue {
        Required.fields("runId", runId, "state", state, "until", until, "by", by, "at", at);
        Required.phase(phase);
        Required.instant("until", until);
        Required.instant("at", at);
        removed = removed == null ? List.of() : List.copyOf(removed);
        if (state == State.HELD && pins == null) {
            throw new MalformedEvent("pins", "\"pins\" is missing: a held lease says what it is held for");
        }
    }

    @Override
    public Topic topic() {
        return Topic.CLEANUP_DUE;
    }

    /** How far a lease is. It only goes forward. */
    public enum State {
        /** The run is alive until an instant; only now may anything be made for it. */
        HELD,
        /** The verdict is out; cleanup is due at an instant. */
        ENDED,
        /** Everything is gone. */
        RELEASED;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The state with this word. */
        @JsonCreator
        public static State of(String word) {
            return Words.pick(State.class, "state", word);
        }
    }
}
