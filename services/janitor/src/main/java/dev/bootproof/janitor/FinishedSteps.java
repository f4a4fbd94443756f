package dev.bootproof.janitor;

import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;

/**
 * The finished steps that test-runner keeps while a phase goes on, so that whoever takes the phase over does none twice.
 * When the run is over they are rubbish; where it ended in the middle of a phase nobody else takes them away.
 */
public interface FinishedSteps {
    /** Takes them away; true when nothing is left that can be taken away, false when it is to be tried again. */
    boolean remove(RunId run, Pins pins);
}
