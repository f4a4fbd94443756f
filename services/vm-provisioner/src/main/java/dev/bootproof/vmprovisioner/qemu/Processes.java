package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Finds machines among the processes of this host by the name they were given. */
final class Processes {
    private static final int TO_DIE = 10;
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** The process of the machine of this name. */
    static OptionalLong named(String machine) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                List<String> arguments = arguments(process);
                int name = arguments.indexOf("-name");
                if (name >= 0
                        && name + 1 < arguments.size()
                        && arguments.get(name + 1).equals(machine)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the processes of this host cannot be listed", e);
        }
    }

    /** Ends the machine of this name, if it runs, without asking it; returns when it is gone. */
    static void kill(String machine) {
        named(machine).stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::destroyForcibly)
                .forEach(process ->
                        process.onExit().orTimeout(TO_DIE, TimeUnit.SECONDS).join());
    }

    /** A process may end while it is looked at. */
    private static List<String> arguments(Path process) {
        try {
            byte[] line = Files.readAllBytes(process.resolve("cmdline"));
            return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
