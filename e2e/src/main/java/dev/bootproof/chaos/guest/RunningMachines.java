package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machines of a lab, stand-ins or real, among the processes of this host.
 *
 * @param home the lab's directory
 */
public record RunningMachines(Path home) {
    private static final String MACHINE = "bootproof-";

    /** Those that run now. */
    public List<ProcessHandle> all() {
        return ProcessHandle.allProcesses().filter(this::isMachine).toList();
    }

    /** Ends them, and returns when they have gone. */
    public void kill() {
        List<ProcessHandle> machines = all();
        machines.forEach(ProcessHandle::destroyForcibly);
        machines.forEach(machine -> machine.onExit().join());
    }

    private boolean isMachine(ProcessHandle process) {
        List<String> arguments = arguments(process);
        int name = arguments.indexOf("-name");
        String runs = home.resolve("runs").toString();
        return name >= 0
                && name + 1 < arguments.size()
                && arguments.get(name + 1).startsWith(MACHINE)
                && arguments.stream().anyMatch(argument -> argument.contains(runs));
    }

    /** All of them, where the platform's own answer ends after 4096 bytes; a process may end while it is looked at. */
    private static List<String> arguments(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
            return List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }
}
