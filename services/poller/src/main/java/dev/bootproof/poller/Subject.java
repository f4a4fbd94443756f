package dev.bootproof.poller;

import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is watched. Two subjects are equal when the catalog says the same of them. */
interface Subject {
    /** Its name, which is the key of its hints. */
    String key();

    /** The host that is asked first. */
    String host();

    /** How often it is looked at; empty where the poller decides. */
    Optional<Duration> interval();

    /** When it is to be looked at whatever the interval is; empty where that never is. */
    Optional<Instant> due(Instant after);

    /**
     * Looks, and says what is to be said.
     *
     * @param ours whether it is still ours to say anything; asked right before that
     */
    Result look(Trigger why, BooleanSupplier ours);

    /**
     * What came of a look.
     *
     * @param outcome what was answered
     * @param again when to look again whatever the interval is; null where the interval is soon enough
     */
    record Result(Outcome outcome, @Nullable Instant again) {}
}
