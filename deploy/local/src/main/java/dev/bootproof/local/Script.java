package dev.bootproof.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A script of the source tree that makes something.
 *
 * @param program the script
 * @param arguments its arguments
 * @param log where its output goes
 */
record Script(Path program, List<String> arguments, Path log) {
    /**
     * Runs it to its end.
     *
     * @throws Trouble where it fails, with the end of what it said
     */
    void run(Duration limit) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw Trouble.lab(program + " did not end within " + limit.toMinutes() + " minutes", "see " + log);
            }
            if (process.exitValue() != 0) {
                throw Trouble.lab(program + " failed", contentOrNothing(log).strip());
            }
        } catch (IOException e) {
            throw Trouble.lab(program + " could not be started: " + e.getMessage(), "is the checkout whole?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.lab("interrupted", "run it again");
        }
    }

    /** What a file of the source tree says. */
    static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }

    /** What a file says; nothing where it is not there. */
    static String contentOrNothing(Path file) {
        return Files.exists(file) ? content(file) : "";
    }
}
