package dev.bootproof.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a figure is worth depends on where it was measured, and on what else was going on. */
final class BenchHost {
    private BenchHost() {}

    static String words() {
        return "%d processors, Java %s, load %s when it began"
                .formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), load());
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
