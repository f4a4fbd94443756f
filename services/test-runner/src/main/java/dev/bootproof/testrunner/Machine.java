package dev.bootproof.testrunner;

import dev.bootproof.events.MachineState;
import java.util.Optional;

/**
 * What a machine's owner says about it and does with it from outside. Empty answers mean that the owner did not give
 * one. Doing something again is harmless.
 */
public interface Machine {
    /** What it is doing. */
    Optional<MachineState> state();

    /** The end of what it wrote to its console. */
    Optional<Content> console();

    /** What its screen shows now, as PNG. */
    Optional<Content> screenshot();

    /**
     * Saves the machine, disk and memory, as the state to come back to; nothing where one is saved already.
     *
     * @throws dev.bootproof.stage.StageFault when the owner cannot
     */
    void save();

    /**
     * Puts the machine back to where it was saved; connections are broken and its clock is old.
     *
     * @throws dev.bootproof.stage.StageFault when the owner cannot
     */
    void restore();

    /**
     * Boots the machine again from a fresh clone of its disks.
     *
     * @throws dev.bootproof.stage.StageFault when it does not come up
     */
    void fresh();
}
