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

/** The machines of this lab in the host's process table: named as ours and with files below our home. */
final class ProcessTable {
    private static final Pattern NAME = Pattern.compile("(bootproof-(?<run>[a-z0-9-]+)-p[0-9]+)(?:,.*)?");

    private final Path proc;
    private final Pattern ours;

    /**
     * @param proc where the kernel shows its processes
     * @param home the lab's home, which every machine of the lab names
     */
    ProcessTable(Path proc, Path home) {
        this.proc = proc;
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

    /** The machine that this process is, if it is one. */
    Optional<Machine> machine(long pid) {
        List<String> arguments = arguments(pid);
        int option = arguments.indexOf("-name");
        if (option < 0 || option + 1 == arguments.size() || !mentionsHome(arguments)) {
            return Optional.empty();
        }
        Matcher name = NAME.matcher(arguments.get(option + 1));
        if (!name.matches()) {
            return Optional.empty();
        }
        return began(pid).flatMap(since -> named(name.group(1), name.group("run"), pid, since));
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
