package dev.bootproof.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that nobody announces. */
final class Patience {
    private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();

    private Patience() {}

    /** Lets this time pass. */
    static void pause(Duration time) {
        until(time, () -> false);
    }

    /** Asks again and again until it is so or the time is over; says whether it is so. */
    static boolean until(Duration limit, BooleanSupplier so) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }
}
