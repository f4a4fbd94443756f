package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a tool as somebody would at a prompt.
 *
 * @param log where its output goes
 */
record ByHand(Path log) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** How long it takes. */
    Duration run(List<String> command) {
        long begun = System.nanoTime();
        if (exit(command) != 0) {
            throw Trouble.lab(command.getFirst() + " did not succeed", "its output: " + log);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** What it exits with. */
    int exit(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw Trouble.lab(command.getFirst() + " did not end", "its output: " + log);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw Trouble.lab(command.getFirst() + " could not be started: " + e.getMessage(), "./bootproof doctor");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "run it again");
        }
    }
}
