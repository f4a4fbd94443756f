package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the host, run to its end.
 *
 * @param exitCode its exit code; 127 when there is no such program, 124 when it took too long
 * @param output what it wrote, errors included, bounded
 */
record Tool(int exitCode, String output) {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int NOT_FOUND = 127;
    private static final int TOO_LONG = 124;

    /** Runs a command in this directory. */
    static Tool run(Path directory, Duration deadline, List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            return new Tool(NOT_FOUND, String.valueOf(e.getMessage()));
        }
        Thread guard = Thread.ofVirtual().start(() -> endAfter(process, deadline));
        try (InputStream out = process.getInputStream()) {
            String output = new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
            boolean _ = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            guard.interrupt();
            boolean killed = process.isAlive() || process.exitValue() == 128 + 9;
            return killed
                    ? new Tool(TOO_LONG, command.getFirst() + " took longer than " + deadline.toSeconds() + " s")
                    : new Tool(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " could not be heard", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        }
    }

    boolean ok() {
        return exitCode == 0;
    }

    /** Whether there is no such program. */
    boolean isMissing() {
        return exitCode == NOT_FOUND;
    }

    private static void endAfter(Process process, Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
