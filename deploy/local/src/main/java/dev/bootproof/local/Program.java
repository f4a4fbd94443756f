package dev.bootproof.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this machine. */
final class Program {
    private Program() {}

    /**
     * What came of a program.
     *
     * @param exit its exit code
     * @param output what it said on both outputs
     */
    record Result(int exit, String output) {
        boolean good() {
            return exit == 0;
        }

        String firstLine() {
            return output.lines().findFirst().orElse("").strip();
        }
    }

    /** Where this program is on the path. */
    static Optional<Path> find(String name, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Runs it; empty where it cannot be started, or does not end in time. */
    static Optional<Result> run(Duration limit, String... command) {
        return run(limit, List.of(command));
    }

    /** Runs it; empty where it cannot be started, or does not end in time. */
    static Optional<Result> run(Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile("bootproof-", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
                return Optional.of(new Result(process.exitValue(), said));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
