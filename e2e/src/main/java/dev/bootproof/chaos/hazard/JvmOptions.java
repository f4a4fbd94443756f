package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a part's JVM is told when it is started next, besides what the lab tells it: the argument file
 * {@code options/<part>} below the storm's directory. A system property there goes before the environment.
 *
 * @param directory the storm's directory
 */
record JvmOptions(Path directory) {
    /** Tells it these. */
    void write(String part, List<String> options) throws IOException {
        Files.createDirectories(options());
        Files.writeString(file(part), options.stream().map(JvmOptions::line).collect(Collectors.joining()));
    }

    /** Tells it nothing more. */
    void forget(String part) throws IOException {
        Files.deleteIfExists(file(part));
    }

    private Path file(String part) {
        return options().resolve(part);
    }

    private Path options() {
        return directory.resolve("options");
    }

    /** As {@code java} reads argument files: a backslash escapes. */
    private static String line(String option) {
        return "\"" + option.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }
}
