package dev.bootproof.testrunner;

import dev.bootproof.testrunner.TestGuest.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A guest's shell, played by that of this host: the corner is a directory, systemd does not run, and a restart takes no
 * time. The scripts are the real ones.
 */
final class HostShell implements Shell {
    private final Path directory;

    HostShell(Path directory) {
        this.directory = directory;
        try {
            Path programs = Files.createDirectories(directory.resolve("bin"));
            Files.createDirectories(corner());
            program(
                    programs,
                    "systemctl",
                    "[ \"$1\" = reboot ] || exit 1; echo \"$1\" >> %1$s/restarts; cp %1$s/next %1$s/boot; rm -rf %1$s/corner/*");
            program(programs, "date", "echo \"$@\" >> %1$s/clock");
            boots();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void program(Path programs, String name, String line) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line.formatted(directory) + "\n");
        file.toFile().setExecutable(true);
    }

    private void boots() throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(directory.resolve("boot"), Files.exists(next) ? Files.readString(next) : newId());
        Files.writeString(next, newId());
    }

    private static String newId() {
        return UUID.randomUUID() + "\n";
    }

    /** Forgets these files of the corner, as a machine that is put back or booted anew. */
    void forget(String... what) {
        String line =
                Stream.of(what).map(files -> "rm -rf " + corner() + "/" + files).collect(Collectors.joining(";"));
        try {
            new ProcessBuilder("sh", "-c", line).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path corner() {
        return directory.resolve("corner");
    }

    /** The lines of a file that the guest's programs write. */
    List<String> lines(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int run(String line, InputStream in, OutputStream out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", here(line)).redirectErrorStream(false);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        Thread.startVirtualThread(() -> feed(in, process));
        Thread.startVirtualThread(() -> process.errorReader().lines().forEach(said -> {}));
        byte[] chunk = new byte[4096];
        for (int read = process.getInputStream().read(chunk); read >= 0; ) {
            out.write(chunk, 0, read);
            out.flush();
            read = process.getInputStream().read(chunk);
        }
        boots(line);
        return process.onExit().join().exitValue();
    }

    private void boots(String line) throws IOException {
        if (line.contains("guest/reboot")) {
            Files.writeString(directory.resolve("next"), newId());
        }
    }

    private static void feed(InputStream in, Process process) {
        try (OutputStream to = process.getOutputStream()) {
            in.transferTo(to);
        } catch (IOException e) {
            // A program need not read all of its input.
            process.toHandle();
        }
    }

    /** The scripts are changed right after they arrive, so that they work in the corner. */
    private String here(String line) {
        String change = "sed -i -e s#/run/bootproof#%1$s#g -e s#/run/systemd/system#%1$s/none#g %1$s/guest/* && sh"
                .formatted(corner());
        return line.replace("/run/bootproof", corner().toString())
                .replace(
                        "/proc/sys/kernel/random/boot_id",
                        directory.resolve("boot").toString())
                .replace("mountpoint -q", "test -d")
                .replace("&& sh " + corner() + "/guest/prepare", "&& " + change + " " + corner() + "/guest/prepare");
    }
}
