package dev.bootproof.publisher;

import dev.bootproof.events.RunId;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.Stopping;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does what a registry or a full disk hinders until it works, with pauses that grow to a bound.
 *
 * <p>Failure: throws {@link IllegalStateException} when the service stops meanwhile.
 */
@ApplicationScoped
class Persistence {
    private final Duration first;
    private final Duration longest;
    private final Stopping stopping;

    Persistence(PublisherConfig config, Stopping stopping) {
        this.first = config.retryFirst();
        this.longest = config.retryLongest();
        this.stopping = stopping;
    }

    void untilItWorks(RunId run, Runnable attempt) {
        Duration pause = first;
        while (!works(run, attempt, pause)) {
            stopping.pause(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    private static boolean works(RunId run, Runnable attempt, Duration pause) {
        try {
            attempt.run();
            return true;
        } catch (RegistryException e) {
            switch (e.kind()) {
                case UNAVAILABLE, NOT_FOUND, MISMATCH ->
                    Log.warnf("result not stored, again in %s runId=%s: %s", pause, run, e.getMessage());
                case REFUSED ->
                    Log.errorf("the registry refuses results, again in %s runId=%s: %s", pause, run, e.getMessage());
            }
            return false;
        } catch (UncheckedIOException e) {
            Log.errorf(e, "result not stored, again in %s runId=%s", pause, run);
            return false;
        }
    }
}
