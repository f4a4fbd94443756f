package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Platform;
import dev.bootproof.poller.StreamState.Scheduled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a stream.
 *
 * @param digest what the stream points at
 * @param etag what the registry called that, where it said
 * @param platform the manifest that counts; null where every change counts, or nothing was said of it
 * @param due the last time of the stream's schedule that has come; null where it has none
 * @param trigger why we looked
 * @param at when
 * @param alarm what asks for the canary; nothing where the stream is none
 */
record Seen(
        Digest digest,
        @Nullable String etag,
        @Nullable Platform platform,
        @Nullable Scheduled due,
        Trigger trigger,
        Instant at,
        Alarm alarm) {
    /** A stream that is no canary. */
    Seen(
            Digest digest,
            @Nullable String etag,
            @Nullable Platform platform,
            @Nullable Scheduled due,
            Trigger trigger,
            Instant at) {
        this(digest, etag, platform, due, trigger, at, Alarm.NONE);
    }

    /** A stream without a platform and a schedule. */
    Seen(Digest digest, @Nullable String etag, Trigger trigger, Instant at) {
        this(digest, etag, null, null, trigger, at);
    }
}
