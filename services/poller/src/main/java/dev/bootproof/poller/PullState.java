package dev.bootproof.poller;

import dev.bootproof.events.Change;
import dev.bootproof.poller.StreamState.Announced;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the poller remembers of a pull request, as it is kept in the topic {@code poller-state}.
 *
 * @param stream the stream of its runs: the image's name and the pull request's
 * @param watch the key of the watch that looks at it
 * @param head its newest commit when it was last looked at with consequences
 * @param generation the highest generation that was given so far
 * @param announced the run that was announced last; null while there is none
 * @param tested the commit that run is for
 * @param told the commit of which was said that it has no image
 * @param retries how often the announced commit was fired again
 * @param gone since when it is closed or without the label; null while it is watched
 */
record PullState(
        String stream,
        String watch,
        Change head,
        long generation,
        @Nullable Announced announced,
        @Nullable String tested,
        @Nullable String told,
        int retries,
        @Nullable Instant gone) {
    /** What tells its key from the names of streams. */
    static final String PREFIX = "pr:";

    static PullState unseen(String stream, String watch, Change head) {
        return new PullState(stream, watch, head, 0, null, null, null, 0, null);
    }

    static String key(String stream) {
        return PREFIX + stream;
    }

    String key() {
        return key(stream);
    }

    PullState announcing(Change change, Announced next, int nextRetries) {
        return new PullState(stream, watch, change, next.generation(), next, change.commit(), told, nextRetries, null);
    }

    PullState telling(Change change, long nextGeneration) {
        return new PullState(stream, watch, change, nextGeneration, announced, tested, change.commit(), retries, null);
    }

    /** Closed or without its label since then; null where it is back. */
    PullState gone(@Nullable Instant since) {
        return new PullState(stream, watch, head, generation, announced, tested, told, retries, since);
    }
}
