package dev.bootproof.chaos.accountant;

import dev.bootproof.events.RunId;
import java.time.Instant;

/**
 * What a webhook was told: a line of {@code notified.jsonl}.
 *
 * @param at when
 * @param target who was told
 * @param key the idempotency key
 * @param run the run
 * @param verdict the verdict that was told
 */
public record Notice(Instant at, String target, String key, RunId run, String verdict) {}
