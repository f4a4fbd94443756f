package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Kills a service at an exact point of its code, the next time it comes there. Mended by starting the service again; a
 * trap that nobody stepped on is taken away and was no fault.
 *
 * @param point where
 * @param patience how long somebody may take to come by
 */
record Ambush(AmbushPoint point, Duration patience) implements Hazard {
    private static final Duration USUAL = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int TO_END = 10;

    /** With the usual patience. */
    static Hazard at(AmbushPoint point) {
        return new Ambush(point, USUAL);
    }

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
        new Saboteur(lab.directory()).enter(lab, point.part());
        Path traps = lab.directory().resolve("ambush").resolve(point.part());
        Path trap = Files.createDirectories(traps).resolve(point.moment());
        Files.writeString(trap, "");
        if (!sprung(trap) && Files.deleteIfExists(trap)) {
            throw new IOException("nobody came by within " + patience);
        }
        return () -> {
            bury(traps);
            lab.start(point.part());
        };
    }

    private boolean sprung(Path trap) {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (Files.exists(trap) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return !Files.exists(trap);
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
