package dev.bootproof.catalog;

import dev.bootproof.events.ImageRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is watched.
 *
 * @param image its reference: registry, repository and tag
 * @param plan the name of its plan; the catalog's default where it has none of its own
 * @param onFirstSight what to do with the digest that it has when it is seen first
 * @param intervalOrNull how often the registry is asked; null where the poller decides
 * @param schedule when it is tested whether it moved or not, each five fields of cron in UTC
 * @param platform the platform whose manifest counts, as {@code linux/amd64}; null where every change counts
 * @param canary whether its runs tell how the lab is: an image that is known to be good
 */
public record WatchedStream(
        ImageRef image,
        String plan,
        OnFirstSight onFirstSight,
        @Nullable Duration intervalOrNull,
        List<String> schedule,
        @Nullable String platform,
        boolean canary) {
    public WatchedStream {
        schedule = List.copyOf(schedule);
    }

    /** A stream whose runs tell of its images. */
    public WatchedStream(
            ImageRef image,
            String plan,
            OnFirstSight onFirstSight,
            @Nullable Duration intervalOrNull,
            List<String> schedule,
            @Nullable String platform) {
        this(image, plan, onFirstSight, intervalOrNull, schedule, platform, false);
    }

    /** A stream that is tested when it moves. */
    public WatchedStream(ImageRef image, String plan, OnFirstSight onFirstSight, @Nullable Duration intervalOrNull) {
        this(image, plan, onFirstSight, intervalOrNull, List.of(), null);
    }

    /** The stream's name, which is the key of its events. */
    public String name() {
        return image.stream();
    }

    /** How often the registry is asked; empty where the poller decides. */
    public Optional<Duration> interval() {
        return Optional.ofNullable(intervalOrNull);
    }
}
