package dev.bootproof.publisher;

import dev.bootproof.events.Target;
import dev.bootproof.publisher.Telling.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a target is told, for readers.
 *
 * @param name its name in the catalog
 * @param kind what it understands
 * @param state how far
 * @param attempts how often it was tried
 * @param at when that was said
 * @param next when it is tried again; null where it is not
 * @param said what the target answered, or why it was not told
 */
record ToldTarget(
        String name,
        Target.Kind kind,
        State state,
        int attempts,
        Instant at,
        @Nullable Instant next,
        String said) {
    static ToldTarget of(Telling telling) {
        Target target = telling.target();
        return new ToldTarget(
                target.name(),
                target.kind(),
                telling.state(),
                telling.attempts(),
                telling.at(),
                telling.next(),
                telling.said());
    }
}
