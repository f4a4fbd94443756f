package dev.bootproof.chaos.accountant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected: a line of {@code hazards.jsonl}.
 *
 * @param at when it struck
 * @param hazard its name
 * @param target what it struck: a part of the lab, a machine; null for all of it
 * @param mendedAt when it was repaired; null for one that repairs itself
 */
public record Struck(
        Instant at,
        String hazard,
        @Nullable String target,
        @Nullable Instant mendedAt) {
    /** When it was over. */
    Instant over() {
        return mendedAt == null || mendedAt.isBefore(at) ? at : mendedAt;
    }
}
