package dev.bootproof.publisher;

import dev.bootproof.events.RunId;
import dev.bootproof.registry.RegistryException;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what a registry hinders until it works, with pauses that grow to a bound.
 *
 * <p>Failure: when the service stops meanwhile, the call does not come back: to return would acknowledge the record and
 * to throw would put it among the dead letters. It is taken again by whoever starts next.
 */
@ApplicationScoped
class Persistence {
    private final long first;
    private final long longest;
    private volatile boolean stopping;

    Persistence(PublisherConfig config) {
        this.first = config.retryFirst().toMillis();
        this.longest = config.retryLongest().toMillis();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    void untilItWorks(RunId run, Runnable attempt) {
        try {
            long pause = first;
            while (!works(run, attempt, pause) && !stopping) {
                long jitter = ThreadLocalRandom.current().nextLong(pause);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause + jitter));
                pause = Math.min(longest, 2 * pause);
            }
        } catch (IllegalStateException e) {
            if (!stopping) {
                throw e;
            }
            Log.debugf("stopped in the middle runId=%s: %s", run, e.getMessage());
        }
        while (stopping) {
            LockSupport.park(this);
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
