package dev.bootproof.stage;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this service is being stopped. What goes wrong then says nothing about a run: the work is left as it is and
 * its event, neither done nor failed, comes again after the start. A singleton, because it is still asked when there
 * is no container any more.
 */
@Singleton
public class Stopping {
    private final CountDownLatch stopping = new CountDownLatch(1);

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /**
     * Waits for this long.
     *
     * @throws IllegalStateException when the service is stopping
     */
    public void pause(Duration time) {
        try {
            if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the service is stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /** Does work on a record; when that goes wrong because the service is stopping, it never returns. */
    public void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            holdIfStopping();
            throw e;
        }
    }

    /** Never returns when the service is stopping; else at once. */
    public void holdIfStopping() {
        while (stopping.getCount() == 0) {
            LockSupport.park(this);
            Thread.interrupted();
        }
    }
}
