package dev.bootproof.publisher;

import dev.bootproof.events.RunId;
import dev.bootproof.registry.RegistryException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does what a registry hinders until it works, with pauses that grow to a bound. */
@ApplicationScoped
class Persistence {
    private final long first;
    private final long longest;

    Persistence(PublisherConfig config) {
        this.first = config.retryFirst().toMillis();
        this.longest = config.retryLongest().toMillis();
    }

    void untilItWorks(RunId run, Runnable attempt) {
        long pause = first;
        while (!works(run, attempt, pause)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    pause + ThreadLocalRandom.current().nextLong(pause)));
            pause = Math.min(longest, 2 * pause);
        }
    }

    private static boolean works(RunId run, Runnable attempt, long pause) {
        try {
            attempt.run();
            return true;
        } catch (RegistryException e) {
            switch (e.kind()) {
                case UNAVAILABLE, NOT_FOUND, MISMATCH ->
                    Log.warnf("result not stored, again in %d ms runId=%s: %s", pause, run, e.getMessage());
                case REFUSED ->
                    Log.errorf("the registry refuses results, again in %d ms runId=%s: %s", pause, run, e.getMessage());
            }
            return false;
        }
    }
}
