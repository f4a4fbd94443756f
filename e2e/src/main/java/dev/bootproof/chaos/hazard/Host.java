package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the host that break things; what they say when they cannot is the reason. */
final class Host {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Host() {}

    /**
     * Runs a program.
     *
     * @throws IOException with what it said when it did not succeed in time
     */
    static void run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(List.of(command) + " did not end within " + DEADLINE);
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(List.of(command) + " ended with " + process.exitValue() + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + List.of(command), e);
        }
    }

    /** Whether this process may mount. */
    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }
}
