package dev.bootproof.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command as a person would type it.
 *
 * @param arguments the program and its arguments
 * @param environment what is set beside the environment of the tests
 * @param input what is typed into it
 */
record Command(List<String> arguments, Map<String, String> environment, String input) {
    /** What came of it. */
    record Outcome(int exit, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    Outcome run(Duration limit) {
        try {
            Path out = Files.createTempFile("bootproof-e2e", ".out");
            Path err = Files.createTempFile("bootproof-e2e", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var typed = process.outputWriter(StandardCharsets.UTF_8)) {
                typed.write(input);
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(arguments + " did not end in " + limit + "\n" + read(out) + read(err));
            }
            return new Outcome(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes the file with it: what is read is not left behind. */
    private static String read(Path file) throws IOException {
        String text = Files.readString(file);
        Files.delete(file);
        return text;
    }
}
