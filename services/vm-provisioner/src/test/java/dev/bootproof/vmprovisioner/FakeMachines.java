package dev.bootproof.vmprovisioner;

import dev.bootproof.events.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A lab of machines that do what they are told, each told the same when it starts. */
final class FakeMachines implements Machines {
    private final List<Machine> machines = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Consumer<Machine> atStart;

    FakeMachines(Consumer<Machine> atStart) {
        this.atStart = atStart;
    }

    @Override
    public synchronized StartResult start(Order order) {
        Machine machine = new FakeMachine(order);
        machines.removeIf(earlier -> earlier.name().equals(order.name()));
        machines.add(machine);
        atStart.accept(machine);
        return new StartResult.Started(machine);
    }

    @Override
    public synchronized Optional<Machine> find(RunId run, int phase) {
        return machines.stream()
                .filter(machine -> machine.run().equals(run) && machine.phase() == phase)
                .findFirst();
    }

    @Override
    public synchronized List<Machine> all() {
        return List.copyOf(machines);
    }

    @Override
    public void onGone(Runnable listener) {
        listeners.add(listener);
    }

    /** Nothing is left of a machine that has gone. */
    synchronized void forget(Machine machine) {
        machines.remove(machine);
    }

    /** One machine goes. */
    void end(Machine machine) {
        machine.stop();
        listeners.forEach(Runnable::run);
    }
}
