package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Asks a registry again that did not answer, for a while: most come back. */
@ApplicationScoped
class Patience {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Duration limit;
    private final Clock clock;
    private final Stopping stopping;

    Patience(DiskBuilderConfig config, Clock clock, Stopping stopping) {
        this.limit = config.resolveTimeout();
        this.clock = clock;
        this.stopping = stopping;
    }

    /**
     * Tries until it goes well.
     *
     * @throws StageFault the last one, when patience is at its end or another attempt would end the same way
     */
    <T> T whileUnavailable(Supplier<T> attempt) {
        Instant end = clock.instant().plus(limit);
        Duration wait = FIRST;
        while (true) {
            try {
                return attempt.get();
            } catch (StageFault e) {
                if (e.fault() != Fault.REGISTRY_UNAVAILABLE
                        || clock.instant().plus(wait).isAfter(end)) {
                    throw e;
                }
                Log.warnf("asking again in %s: %s", wait, e.evidence());
            }
            stopping.pause(wait);
            wait = wait.compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
        }
    }
}
