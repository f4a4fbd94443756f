package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import dev.bootproof.chaos.guest.RunningMachines;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** A machine's process is killed, whatever it does just then. Nothing is repaired: such a run is the lab's fault. */
record MachineKilled() implements Hazard {
    @Override
    public String name() {
        return "kill-machine";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        List<ProcessHandle> machines = new RunningMachines(lab.home()).all();
        if (!machines.isEmpty()) {
            machines.get(random.nextInt(machines.size())).destroyForcibly();
        }
        return () -> {};
    }
}
