package dev.bootproof.janitor.local;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.janitor.Holding.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machines of this lab, and their TPMs, in the host's process table: named as ours, with files below our home. */
final class ProcessTable {
    private static final Pattern NAME = Pattern.compile("(bootproof-(?<run>[a-z0-9-]+)-p[0-9]+)(?:,.*)?");

    private final Path proc;
    private final Pattern ours;
    private final Pattern tpm;

    /**
     * @param proc where the kernel shows its processes
     * @param home the lab's home, which every machine of the lab names
     */
    ProcessTable(Path proc, Path home) {
        this.proc = proc;
        String runs = home.resolve("runs").toString();
        this.tpm = Pattern.compile("dir=" + Pattern.quote(runs) + "/(?<run>[a-z0-9-]+)/(?<phase>p[0-9]+)/tpm(?:,.*)?");
        this.ours = Pattern.compile("(?:^|[=,])" + Pattern.quote(home.toString()) + "(?:$|[/,])");
    }

    /**
     * Every machine of this lab.
     *
     * @throws IOException when there is no process table to read
     */
    List<Machine> machines() throws IOException {
        List<Machine> machines = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                machine(Long.parseLong(process.getFileName().toString())).ifPresent(machines::add);
            }
        }
        return machines;
    }

    /** The machine, or the TPM of one, that this process is, if it is one. */
    Optional<Machine> machine(long pid) {
        List<String> arguments = arguments(pid);
        return began(pid).flatMap(since -> qemu(arguments, pid, since).or(() -> tpm(arguments, pid, since)));
    }

    private Optional<Machine> qemu(List<String> arguments, long pid, Instant since) {
        return after("-name", arguments)
                .filter(name -> mentionsHome(arguments))
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .flatMap(name -> named(name.group(1), name.group("run"), pid, since));
    }

    /** A TPM has no name of its own; the directory of its state says whose it is. */
    private Optional<Machine> tpm(List<String> arguments, long pid, Instant since) {
        return after("--tpmstate", arguments)
                .map(tpm::matcher)
                .filter(Matcher::matches)
                .flatMap(state -> named(
                        "bootproof-" + state.group("run") + "-" + state.group("phase") + " (TPM)",
                        state.group("run"),
                        pid,
                        since));
    }

    private static Optional<String> after(String option, List<String> arguments) {
        int place = arguments.indexOf(option);
        return place < 0 || place + 1 == arguments.size() ? Optional.empty() : Optional.of(arguments.get(place + 1));
    }

    private static Optional<Machine> named(String name, String run, long pid, Instant since) {
        try {
            return Optional.of(new Machine(new RunId(run), name, pid, since));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> began(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
    }

    /** The process's arguments; none when it is gone, has ended, or is not ours to read. */
    private List<String> arguments(long pid) {
        try {
            byte[] line = Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve("cmdline"));
            return List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean mentionsHome(List<String> arguments) {
        return arguments.stream().anyMatch(argument -> ours.matcher(argument).find());
    }
}
