package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a disk must be made.
 *
 * @param clock what it is measured by
 * @param allowed how long it may take in all
 * @param end when it is over
 */
public record Deadline(Clock clock, Duration allowed, Instant end) {
    /** The deadline that lies this far ahead. */
    public static Deadline in(Duration allowed, Clock clock) {
        return new Deadline(clock, allowed, clock.instant().plus(allowed));
    }

    /** How long there is yet; never negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Goes on only in time.
     *
     * @param doing what would be done now, for people
     * @throws StageFault build-timeout
     */
    public void check(String doing) {
        if (left().isZero()) {
            throw missed(doing);
        }
    }

    /** The fault of not having been in time. */
    public StageFault missed(String doing) {
        return new StageFault(Fault.BUILD_TIMEOUT, doing + " when its " + allowed + " were over");
    }
}
