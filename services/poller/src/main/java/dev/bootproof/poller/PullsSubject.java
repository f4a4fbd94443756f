package dev.bootproof.poller;

import dev.bootproof.catalog.PullRequests;
import dev.bootproof.events.Change;
import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Pull requests that are watched.
 *
 * @param requests what the catalog says of them
 * @param look who looks
 */
record PullsSubject(PullRequests requests, PullLook look) implements Subject {
    /** The name of the watch over these; no stream is called so, because no registry has such a name. */
    static String key(PullRequests requests) {
        return "%s%s %s %s".formatted(PullState.PREFIX, requests.repository(), requests.label(), requests.image());
    }

    /** The stream of the runs of this pull request; no image is called so, because of the number sign. */
    String stream(Change change) {
        String number = String.valueOf(change.pullRequest());
        return requests.image().replace("{number}", number) + "#" + requests.repository() + "/" + number;
    }

    @Override
    public String key() {
        return key(requests);
    }

    @Override
    public String host() {
        return look.host(requests);
    }

    @Override
    public Optional<Duration> interval() {
        return requests.interval();
    }

    @Override
    public Optional<Instant> due(Instant after) {
        return Optional.empty();
    }

    @Override
    public Result look(Trigger why, BooleanSupplier ours) {
        return look.at(this, ours);
    }
}
