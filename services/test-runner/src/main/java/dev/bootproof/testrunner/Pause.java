package dev.bootproof.testrunner;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting before another attempt. */
@FunctionalInterface
public interface Pause {
    /** Waits on the clock of this machine; on a virtual thread it costs nothing. */
    Pause PARKED = duration -> LockSupport.parkNanos(duration.toNanos());

    /** Waits this long. */
    void take(Duration duration);
}
