package dev.bootproof.poller;

import dev.bootproof.catalog.Schedule;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A stream that is watched.
 *
 * @param stream what the catalog says of it
 * @param look who looks
 */
record StreamSubject(WatchedStream stream, Look look) implements Subject {
    @Override
    public String key() {
        return stream.name();
    }

    @Override
    public String host() {
        return stream.image().registry();
    }

    @Override
    public Optional<Duration> interval() {
        return stream.interval();
    }

    @Override
    public Optional<Instant> due(Instant after) {
        return Schedule.of(stream.schedule()).next(after);
    }

    @Override
    public Result look(Trigger why, BooleanSupplier ours) {
        return look.at(stream, why, ours);
    }
}
