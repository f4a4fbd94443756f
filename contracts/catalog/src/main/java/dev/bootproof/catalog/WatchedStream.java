package dev.bootproof.catalog;

import dev.bootproof.events.ImageRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is watched.
 *
 * @param image its reference: registry, repository and tag
 * @param plan the name of its plan; the catalog's default where it has none of its own
 * @param onFirstSight what to do with the digest that it has when it is seen first
 * @param intervalOrNull how often the registry is asked; null where the poller decides
 */
public record WatchedStream(
        ImageRef image,
        String plan,
        OnFirstSight onFirstSight,
        @Nullable Duration intervalOrNull) {
    /** The stream's name, which is the key of its events. */
    public String name() {
        return image.stream();
    }

    /** How often the registry is asked; empty where the poller decides. */
    public Optional<Duration> interval() {
        return Optional.ofNullable(intervalOrNull);
    }
}
