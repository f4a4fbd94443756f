package dev.bootproof.publisher;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.bootproof.events.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is to be told of a verdict, and how far that is, as it is kept in the topic {@code publisher-state}.
 *
 * @param target who
 * @param facts what
 * @param state how far
 * @param attempts how often it was tried
 * @param at when that was said
 * @param next when it is tried again; null where it is not
 * @param said what the target answered, or why it was not told
 */
record Telling(
        Target target,
        Facts facts,
        State state,
        int attempts,
        Instant at,
        @Nullable Instant next,
        String said) {
    /** How far it can be. */
    enum State {
        /** It is still to be told. */
        WAITING,
        /** It was told. */
        TOLD,
        /** It is not told, because there is nothing to tell it. */
        SKIPPED,
        /** It could not be told, and is not tried any more. */
        GIVEN_UP;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @JsonCreator
        static State of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElse(GIVEN_UP);
        }
    }

    static Telling begin(Target target, Facts facts, Instant now) {
        boolean told = target.on() == Target.On.ALWAYS || facts.news();
        return told
                ? new Telling(target, facts, State.WAITING, 0, now, now, "")
                : new Telling(target, facts, State.SKIPPED, 0, now, null, "it is told of changes, and this is none");
    }

    /** The idempotency key: the same however often it is tried, so that a target can tell that it is told again. */
    String key() {
        return facts.runId() + "/" + target.name();
    }

    boolean waiting() {
        return state == State.WAITING;
    }

    Telling ended(State end, String why, Instant now) {
        return new Telling(target, facts, end, attempts + 1, now, null, why);
    }

    Telling later(String why, Duration pause, Instant now) {
        return new Telling(target, facts, State.WAITING, attempts + 1, now, now.plus(pause), why);
    }
}
