package dev.bootproof.chaos.accountant;

import dev.bootproof.events.Event;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of the bus.
 *
 * @param place where it lies
 * @param at its timestamp
 * @param key its key
 * @param content what it says
 * @param headers its headers as text
 */
public record Line(Place place, Instant at, @Nullable String key, Content content, Map<String, String> headers) {
    public Line {
        headers = Map.copyOf(headers);
    }

    /** The event of this kind that it says, if it does. */
    public <E extends Event> Optional<E> said(Class<E> type) {
        return content instanceof Content.Said(Event event) && type.isInstance(event)
                ? Optional.of(type.cast(event))
                : Optional.empty();
    }
}
