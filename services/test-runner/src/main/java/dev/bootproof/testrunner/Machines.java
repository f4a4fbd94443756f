package dev.bootproof.testrunner;

import dev.bootproof.events.VmReady;

/** The machines whose owners can be asked. */
@FunctionalInterface
public interface Machines {
    /** The machine that this event is about. */
    Machine of(VmReady event);
}
