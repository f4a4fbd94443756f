package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of this host that helps to make disks.
 *
 * <p>Failure: what it wrote stays behind in the directory it ran in; the process never outlives the call.
 *
 * @param program where it lies
 * @param input what it reads
 */
public record Tool(Path program, Path input) {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Path NOTHING = Path.of("/dev/null");

    /** A program that reads nothing. */
    public Tool(Path program) {
        this(program, NOTHING);
    }

    /** The same program, reading this file. */
    public Tool reading(Path file) {
        return new Tool(program, file);
    }

    /**
     * Finds a program: where its name says, or on the PATH, or where administrators' programs lie, which ordinary users
     * have not on theirs.
     *
     * @param name its name, or its path
     * @param searchPath directories, separated as in PATH
     * @param debianPackage what to install where it is missing
     * @throws StageFault tool-missing
     */
    public static Tool find(String name, String searchPath, String debianPackage) {
        return places(name, searchPath)
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new)
                .orElseThrow(() -> new StageFault(
                        Fault.TOOL_MISSING,
                        name + " is not on this machine, it comes with " + debianPackage + ": apt-get install "
                                + debianPackage));
    }

    private static Stream<Path> places(String name, String searchPath) {
        if (name.contains("/")) {
            return Stream.of(Path.of(name));
        }
        String everywhere = searchPath + ":/usr/local/sbin:/usr/sbin:/sbin";
        return Stream.of(everywhere.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name));
    }

    /**
     * Runs it to its end.
     *
     * @param directory where it runs; its output is kept there as {@code <name>.out} and {@code <name>.err}
     * @throws StageFault build-timeout, when it had to be killed
     */
    public Result run(List<String> arguments, Path directory, Map<String, String> environment, Deadline deadline) {
        String name = program.getFileName().toString();
        Path out = directory.resolve(name + ".out");
        Path err = directory.resolve(name + ".err");
        try {
            Process process = start(arguments, directory, environment, out, err);
            try {
                if (!process.waitFor(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
                    throw deadline.missed(name + " was still running");
                }
            } finally {
                end(process);
            }
            return new Result(name, process.exitValue(), out, err);
        } catch (IOException e) {
            throw HostFault.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was running", e);
        }
    }

    private Process start(List<String> arguments, Path directory, Map<String, String> environment, Path out, Path err)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * How it went.
     *
     * @param name the program
     * @param exit its exit code
     * @param out what it wrote to its output
     * @param err what it wrote to its error output
     */
    public record Result(String name, int exit, Path out, Path err) {
        private static final int MOST_LINES = 10;

        /** The first line of either output, each char a byte, that is like this. */
        public Optional<String> find(Predicate<String> wanted) throws IOException {
            for (Path output : List.of(err, out)) {
                try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
                    Optional<String> found = lines.filter(wanted).findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        /** What it said when it failed, in one line. */
        public String said() throws IOException {
            Path telling = Files.size(err) > 0 ? err : out;
            try (Stream<String> lines = Files.lines(telling, StandardCharsets.ISO_8859_1)) {
                return lines.filter(line -> !line.isBlank()).limit(MOST_LINES).collect(Collectors.joining(" | "));
            }
        }
    }
}
