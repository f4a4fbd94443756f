package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;

/** What came of starting a machine. */
public sealed interface StartResult {
    /**
     * It runs.
     *
     * @param machine the machine
     */
    record Started(Machine machine) implements StartResult {}

    /**
     * It could not be started.
     *
     * @param fault the row of the fault table
     * @param evidence what the host said
     */
    record NotStarted(Fault fault, String evidence) implements StartResult {}
}
