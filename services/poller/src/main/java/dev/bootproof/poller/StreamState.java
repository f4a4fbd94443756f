package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import java.time.Instant;
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
 */
record StreamState(
        String stream,
        Digest digest,
        @Nullable String etag,
        long generation,
        @Nullable Announced announced,
        @Nullable Pending pending,
        int retries) {
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
     */
    record Pending(Digest digest, long generation) {}

    /** Seen for the first time and only remembered. */
    static StreamState remembered(String stream, Digest digest, @Nullable String etag) {
        return new StreamState(stream, digest, etag, 0, null, null, 0);
    }

    StreamState pointingAt(Digest seen, @Nullable String seenEtag) {
        return new StreamState(stream, seen, seenEtag, generation, announced, pending, retries);
    }

    StreamState waiting(Pending next) {
        return new StreamState(stream, digest, etag, Math.max(generation, next.generation()), announced, next, retries);
    }

    StreamState waitingForNothing() {
        return new StreamState(stream, digest, etag, generation, announced, null, retries);
    }

    StreamState announcing(Announced next, int nextRetries) {
        return new StreamState(stream, digest, etag, Math.max(generation, next.generation()), next, null, nextRetries);
    }

    StreamState announcedAgain(Announced same) {
        return new StreamState(stream, digest, etag, generation, same, pending, retries);
    }
}
