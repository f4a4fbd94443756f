package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** A machine's process is killed, whatever it does just then. Nothing is repaired: such a run is the lab's fault. */
record MachineKilled() implements Hazard {
    private static final String MACHINE = "bootproof-";

    @Override
    public String name() {
        return "kill-machine";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        String runs = lab.home().resolve("runs").toString();
        List<ProcessHandle> machines = ProcessHandle.allProcesses()
                .filter(process -> isMachine(process, runs))
                .toList();
        if (!machines.isEmpty()) {
            machines.get(random.nextInt(machines.size())).destroyForcibly();
        }
        return () -> {};
    }

    private static boolean isMachine(ProcessHandle process, String runs) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int name = arguments.indexOf("-name");
        return name >= 0
                && name + 1 < arguments.size()
                && arguments.get(name + 1).startsWith(MACHINE)
                && arguments.stream().anyMatch(argument -> argument.contains(runs));
    }
}
