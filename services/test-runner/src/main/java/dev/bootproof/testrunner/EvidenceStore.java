package dev.bootproof.testrunner;

import dev.bootproof.events.RunId;
import java.util.Optional;

/**
 * Where evidence is kept, once per phase.
 *
 * <p>Failure: a store that does not answer in its time ends in {@code evidence-not-kept}; what was sent until then stays
 * behind without a name.
 */
public interface EvidenceStore {
    /**
     * What came of a phase, where that is decided already.
     *
     * @throws dev.bootproof.stage.NoLongerHeld when its boot ended the run
     */
    Optional<PhaseOutcome> find(RunId run, int phase);

    /**
     * Keeps a phase's outcome with its evidence, unless one is kept already; returns the one that counts.
     *
     * @throws dev.bootproof.stage.NoLongerHeld when the run is over
     */
    PhaseOutcome keep(PhaseWork work, PhaseOutcome outcome, Evidence evidence);
}
