package dev.bootproof.testrunner;

import java.util.Optional;

/**
 * Where finished steps are kept, once each, while their phase goes on in a machine that forgets them.
 *
 * <p>Failure: as of {@link EvidenceStore}. What is left of a run that was killed does no harm.
 */
public interface StepStore {
    /** What is kept of a step, counted from 0. */
    Optional<FinishedStep> find(PhaseWork work, int step);

    /** Keeps a step, unless one is kept already; returns the one that counts. */
    FinishedStep keep(PhaseWork work, int step, FinishedStep finished);

    /** Forgets the first steps of a phase, where the store can. */
    void remove(PhaseWork work, int count);
}
