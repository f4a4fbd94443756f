package dev.bootproof.chaos.accountant;

import dev.bootproof.events.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook was told: a line of {@code notified.jsonl}.
 *
 * @param at when
 * @param target who was told
 * @param key the idempotency key; null where none was sent
 * @param run the run
 * @param verdict the verdict that was told
 */
public record Notice(Instant at, String target, @Nullable String key, RunId run, String verdict) {
    /** What the receiver knows it by. */
    String known() {
        return key == null ? target + " " + run : key;
    }
}
