package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Kills a service at an exact point of its code, the next time it comes there. Mended by taking the trap away where
 * nobody stepped on it, else by starting the service again.
 *
 * @param point where
 */
record Ambush(AmbushPoint point) implements Hazard {
    private static final int TO_END = 10;

    @Override
    public String name() {
        return point.hazard();
    }

    @Override
    public String description() {
        return "kill -9 of " + point.part() + ": " + point.words();
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        Path traps = lab.directory().resolve("ambush").resolve(point.part());
        Path trap = Files.createDirectories(traps).resolve(point.moment());
        Files.writeString(trap, "");
        return () -> {
            if (!Files.deleteIfExists(trap)) {
                bury(traps);
                lab.start(point.part());
            }
        };
    }

    /** Waits until whoever stepped on it is gone. */
    private void bury(Path traps) throws IOException {
        String prefix = point.moment() + ".";
        for (Path taken : children(traps)) {
            String name = taken.getFileName().toString();
            if (name.startsWith(prefix)) {
                awaitEnd(Long.parseLong(name.substring(prefix.length())));
                Files.deleteIfExists(taken);
            }
        }
    }

    private static void awaitEnd(long pid) throws IOException {
        try {
            ProcessHandle.of(pid)
                    .ifPresent(process ->
                            process.onExit().orTimeout(TO_END, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            throw new IOException("process " + pid + " stepped on a trap and does not end", e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
