package dev.bootproof.diskbuilder;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits before something is tried again, but not longer than the service lives. A singleton, because it is still asked
 * when there is no container any more.
 */
@Singleton
class Pause {
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Waits.
     *
     * @throws IllegalStateException when the service is stopping
     */
    void of(Duration time) {
        try {
            if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the service is stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /**
     * Never returns when the service is stopping. What goes wrong then says nothing about a run, and an event that is
     * neither done nor failed comes again after the start.
     */
    void foreverIfStopping() {
        while (stopping.getCount() == 0) {
            LockSupport.park(this);
            Thread.interrupted();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
