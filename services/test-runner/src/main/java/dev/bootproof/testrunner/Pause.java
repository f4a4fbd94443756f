package dev.bootproof.testrunner;

import java.time.Duration;

/** Waiting before another attempt. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits this long.
     *
     * @throws IllegalStateException when the service is stopping, or the thread was interrupted
     */
    void take(Duration duration);
}
