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
import java.util.function.Predicate;

/** Finds machines among the processes of this host by the name they were given. */
final class Processes {
    private static final int TO_DIE = 10;
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** The process of the machine of this name whose files are below this directory: another lab may have its like. */
    static OptionalLong named(String machine, Path directory) {
        return first(arguments -> {
            int name = arguments.indexOf("-name");
            return name >= 0
                    && name + 1 < arguments.size()
                    && arguments.get(name + 1).equals(machine)
                    && arguments.stream().anyMatch(argument -> argument.contains(directory + "/"));
        });
    }

    /** The process of the TPM whose state is in this directory. */
    static OptionalLong tpm(Path state) {
        return first(arguments -> arguments.getFirst().endsWith("swtpm")
                && arguments.stream().anyMatch(argument -> argument.startsWith("dir=" + state + ",")));
    }

    /** Ends the machine of this name, if it runs, without asking it; returns when it is gone. */
    static void kill(String machine, Path directory) {
        kill(named(machine, directory));
    }

    /** Ends the TPM whose state is in this directory, if it runs; returns when it is gone. */
    static void killTpm(Path state) {
        kill(tpm(state));
    }

    private static void kill(OptionalLong found) {
        found.stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::destroyForcibly)
                .forEach(process ->
                        process.onExit().orTimeout(TO_DIE, TimeUnit.SECONDS).join());
    }

    private static OptionalLong first(Predicate<List<String>> wanted) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                List<String> arguments = arguments(process);
                if (!arguments.isEmpty() && wanted.test(arguments)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the processes of this host cannot be listed", e);
        }
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
