package dev.bootproof.testrunner;

import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.VmReady;

/**
 * A phase to be tested.
 *
 * @param event the machine that is up
 * @param pins what is fixed for the run
 * @param fence to be passed right before every effect that can be seen from outside
 */
public record PhaseWork(VmReady event, Pins pins, Runnable fence) {
    /** The run. */
    public RunId runId() {
        return event.runId();
    }

    /** Which phase, from 0. */
    public int number() {
        return event.phase();
    }

    /** The phase in the plan. */
    public PhasePlan plan() {
        return pins.plan().phases().get(event.phase());
    }
}
