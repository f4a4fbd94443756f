package dev.bootproof.testrunner;

import dev.bootproof.events.MachineState;
import java.util.Optional;

/** What a machine's owner says about it from outside. Empty answers mean that the owner did not give one. */
public interface Machine {
    /** What it is doing. */
    Optional<MachineState> state();

    /** The end of what it wrote to its console. */
    Optional<Content> console();

    /** What its screen shows now, as PNG. */
    Optional<Content> screenshot();
}
