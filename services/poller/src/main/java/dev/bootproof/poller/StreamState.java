package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the poller remembers of a stream, as it is kept in the topic {@code poller-state}.
 *
 * @param stream the stream
 * @param digest what it pointed at when it was last seen to move
 * @param etag what the registry called that, where it said
 * @param generation the highest generation that was given so far; 0 while nothing was announced
 * @param announced the run that was announced last; null while there is none
 * @param pending a digest that waits for that run to end; null where none waits
 * @param retries how often the announced digest was fired again
 * @param platform the manifest of the platform that counts; null where every change counts
 * @param scheduled the last time of its schedule that was honoured; null where it has none
 */
record StreamState(
        String stream,
        Digest digest,
        @Nullable String etag,
        long generation,
        @Nullable Announced announced,
        @Nullable Pending pending,
        int retries,
        @Nullable Platform platform,
        @Nullable Scheduled scheduled) {
    /**
     * A run that was announced.
     *
     * @param runId the run
     * @param digest its digest
     * @param generation its generation
     * @param at when it was announced, the last time
     * @param repeats how often it was announced again, because nobody took it
     */
    record Announced(RunId runId, Digest digest, long generation, Instant at, int repeats) {
        Announced again(Instant now) {
            return new Announced(runId, digest, generation, now, repeats + 1);
        }
    }

    /**
     * A digest that waits.
     *
     * @param digest the digest
     * @param generation the generation it was given
     * @param trigger what made it wait; null where an older poller wrote
     */
    record Pending(Digest digest, long generation, @Nullable Trigger trigger) {}

    /**
     * What counts of an index.
     *
     * @param name the platform, as {@code linux/amd64}
     * @param digest its manifest
     * @param since what the stream pointed at when this manifest was seen first
     */
    record Platform(String name, Digest digest, Digest since) {
        boolean same(Platform other) {
            return name.equals(other.name) && digest.equals(other.digest);
        }
    }

    /**
     * How far a schedule has been honoured.
     *
     * @param times the schedule, as the catalog wrote it then
     * @param last the last time that was honoured
     */
    record Scheduled(List<String> times, Instant last) {
        Scheduled {
            times = List.copyOf(times);
        }
    }

    /** Seen for the first time and only remembered. */
    static StreamState remembered(String stream, Digest digest, @Nullable String etag) {
        return new StreamState(stream, digest, etag, 0, null, null, 0, null, null);
    }

    StreamState pointingAt(Digest seen, @Nullable String seenEtag) {
        return new StreamState(stream, seen, seenEtag, generation, announced, pending, retries, platform, scheduled);
    }

    StreamState waiting(Pending next) {
        long highest = Math.max(generation, next.generation());
        return new StreamState(stream, digest, etag, highest, announced, next, retries, platform, scheduled);
    }

    StreamState waitingForNothing() {
        return new StreamState(stream, digest, etag, generation, announced, null, retries, platform, scheduled);
    }

    StreamState announcing(Announced next, int nextRetries) {
        long highest = Math.max(generation, next.generation());
        return new StreamState(stream, digest, etag, highest, next, null, nextRetries, platform, scheduled);
    }

    StreamState announcedAgain(Announced same) {
        return new StreamState(stream, digest, etag, generation, same, pending, retries, platform, scheduled);
    }

    /** On this platform; what was known of the same manifest stays. */
    StreamState on(@Nullable Platform seen) {
        Platform next = seen == null || (platform != null && platform.same(seen)) ? platform : seen;
        return new StreamState(stream, digest, etag, generation, announced, pending, retries, next, scheduled);
    }

    StreamState honouring(@Nullable Scheduled next) {
        return new StreamState(stream, digest, etag, generation, announced, pending, retries, platform, next);
    }

    /** What the stream pointed at when what counts of it was seen first. */
    Digest tested() {
        return platform == null ? digest : platform.since();
    }
}
