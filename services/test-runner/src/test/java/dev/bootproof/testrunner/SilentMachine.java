package dev.bootproof.testrunner;

import dev.bootproof.events.MachineState;
import java.util.Optional;

/** A machine whose owner never answers, and does nothing. */
class SilentMachine implements Machine {
    @Override
    public Optional<MachineState> state() {
        return Optional.empty();
    }

    @Override
    public Optional<Content> console() {
        return Optional.empty();
    }

    @Override
    public Optional<Content> screenshot() {
        return Optional.empty();
    }

    @Override
    public void save() {}

    @Override
    public void restore() {}

    @Override
    public void fresh() {}
}
