package dev.bootproof.chaos.accountant;

import java.time.Duration;

/**
 * How much time the claim leaves.
 *
 * @param grace how long after the last mending a verdict may still come, and how long after a run's end or the last
 *     mending something of it may still be there
 * @param slack what clocks, timers and a busy host may add: whoever ends a run at its deadline writes after it
 * @param publishing how long after a verdict, or the last mending, its result may take to hang on the digest
 */
public record Allowance(Duration grace, Duration slack, Duration publishing) {
    /** The claim's minute, 20 seconds for a busy host, and three minutes for the registry. */
    public static final Allowance CLAIMED =
            new Allowance(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMinutes(3));
}
