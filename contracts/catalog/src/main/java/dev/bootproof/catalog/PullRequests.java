package dev.bootproof.catalog;

import dev.bootproof.events.Change;
import dev.bootproof.events.ImageRef;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pull requests that are watched: whoever puts the label on one asks for a run of its image.
 *
 * @param repository on GitHub, {@code owner/name}
 * @param label the label that asks
 * @param image the image of a pull request, with <code>{number}</code> or <code>{commit}</code> in it
 * @param plan the name of its plan
 * @param secret the name of the token, or null to ask without one
 * @param intervalOrNull how often GitHub is asked; null where the poller decides
 * @param api the API, or null for github.com's
 */
public record PullRequests(
        String repository,
        String label,
        String image,
        String plan,
        @Nullable String secret,
        @Nullable Duration intervalOrNull,
        @Nullable URI api) {
    /** How often GitHub is asked; empty where the poller decides. */
    public Optional<Duration> interval() {
        return Optional.ofNullable(intervalOrNull);
    }

    /** The image of this change. */
    public ImageRef imageOf(Change change) {
        return ImageRef.parse(
                image.replace("{number}", String.valueOf(change.pullRequest())).replace("{commit}", change.commit()));
    }
}
