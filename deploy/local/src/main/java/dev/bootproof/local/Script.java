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
    private static final Duration TICK = Duration.ofMillis(500);

    /**
     * Runs it to its end.
     *
     * @param limit how long it may take
     * @param terminal where it is said how far it is
     *
     * @throws Trouble where it fails, with the end of what it said
     */
    void run(Duration limit, Terminal terminal) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!ends(process, limit, Progress.now(terminal))) {
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

    /** Waits for its end, and says meanwhile what its log says last. */
    private boolean ends(Process process, Duration limit, Progress progress) throws InterruptedException {
        try {
            while (!process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (progress.took().compareTo(limit) > 0) {
                    return false;
                }
                progress.step(lastLine());
            }
            return true;
        } finally {
            progress.terminal().passing("");
        }
    }

    private String lastLine() {
        return contentOrNothing(log).lines().reduce("", (_, line) -> line).replaceAll("\\p{Cntrl}", "");
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
