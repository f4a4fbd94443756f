package dev.bootproof.diskbuilder;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits before something is tried again, but not longer than the service lives. */
@ApplicationScoped
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

    @PreDestroy
    void stop() {
        stopping.countDown();
    }
}
