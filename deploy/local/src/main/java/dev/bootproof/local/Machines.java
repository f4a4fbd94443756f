package dev.bootproof.local;

import java.util.Arrays;
import java.util.List;

/**
 * The virtual machines of this lab that run, and their TPMs, whoever started them.
 *
 * @param home the lab's directory, which a machine of it names in its command line
 */
record Machines(Home home) {
    List<OsProcess> running() {
        return ProcessHandle.allProcesses()
                .filter(handle -> ofThisLab(handle.info()))
                .flatMap(handle -> OsProcess.of(handle.pid()).stream())
                .toList();
    }

    private boolean ofThisLab(ProcessHandle.Info info) {
        boolean machine = info.command()
                .map(command -> command.substring(command.lastIndexOf('/') + 1))
                .filter(name -> name.startsWith("qemu-system-") || name.equals("swtpm"))
                .isPresent();
        String below = home.directory() + "/";
        return machine && Arrays.stream(info.arguments().orElse(new String[0])).anyMatch(text -> text.contains(below));
    }
}
