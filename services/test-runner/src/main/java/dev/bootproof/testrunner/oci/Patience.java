package dev.bootproof.testrunner.oci;

import dev.bootproof.events.Fault;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Pause;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** How long a registry is waited for: one that is away comes back, one that refuses does not change its mind. */
final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Duration most;
    private final Clock clock;
    private final Pause pause;

    Patience(Duration most, Clock clock, Pause pause) {
        this.most = most;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Asks, and asks again.
     *
     * @param phases what is known of the run when it ends here
     * @throws StageFault when the registry did not answer in time, or refused
     */
    <T> T ask(List<PhaseResult> phases, Supplier<T> attempt) {
        Instant giveUp = clock.instant().plus(most);
        Duration next = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (RegistryException e) {
                Log.warnf("the evidence store does not answer: %s", e.getMessage());
                boolean away = e.kind() == RegistryException.Kind.UNAVAILABLE;
                if (!away || !clock.instant().plus(next).isBefore(giveUp)) {
                    throw new StageFault(Fault.EVIDENCE_NOT_KEPT, String.valueOf(e.getMessage()), phases);
                }
                pause.take(next);
                next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
