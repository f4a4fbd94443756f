package dev.bootproof.testrunner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that only pauses move. */
public final class Ticking extends Clock {
    private Instant now = Instant.EPOCH;

    public void pass(Duration pause) {
        now = now.plus(pause);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
