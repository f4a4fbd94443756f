package dev.bootproof.testrunner;

/** The machines whose owners can be asked. */
@FunctionalInterface
public interface Machines {
    /** The machine of this phase. */
    Machine of(PhaseWork work);
}
