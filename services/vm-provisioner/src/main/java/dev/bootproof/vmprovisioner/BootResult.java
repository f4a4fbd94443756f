package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;

/** How a boot went. */
public sealed interface BootResult {
    /** Nothing more is tried. */
    sealed interface Final extends BootResult {}

    /**
     * The machine is up and lets us in.
     *
     * @param machine the machine
     * @param wayIn how the lab got in
     */
    record Up(Machine machine, String wayIn) implements Final {}

    /**
     * It is not up and will not be.
     *
     * @param machine what is left of it
     * @param fault the row of the fault table
     * @param evidence what was seen
     */
    record Failed(Machine machine, Fault fault, String evidence) implements Final {}

    /**
     * Nothing was seen that says why it is not up.
     *
     * @param machine what is left of it
     * @param evidence how far it came
     */
    record Stalled(Machine machine, String evidence) implements BootResult {}

    /**
     * There is no machine.
     *
     * @param fault the row of the fault table
     * @param evidence what the host said
     */
    record NotStarted(Fault fault, String evidence) implements Final {}
}
