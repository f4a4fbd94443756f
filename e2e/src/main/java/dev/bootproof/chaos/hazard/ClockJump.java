package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Puts the clock of one service forward or back, as a host does that was asleep or had never asked for the time. Mended
 * by putting it right, which is a jump again.
 */
record ClockJump() implements Hazard {
    private static final List<Duration> JUMPS =
            List.of(Duration.ofHours(2), Duration.ofMinutes(10), Duration.ofMinutes(-10), Duration.ofHours(-2));

    @Override
    public String name() {
        return "clock-jump";
    }

    @Override
    public String description() {
        return "one service's clock jumps minutes or hours forward or back, and later jumps back";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        String part = Services.any(Services.ALL, random);
        Duration jump = Services.any(JUMPS, random);
        new Saboteur(lab.directory()).enter(lab, part);
        Path clocks = Files.createDirectories(lab.directory().resolve("clock"));
        Path file = clocks.resolve(part);
        Path draft = clocks.resolve(part + ".new");
        Files.writeString(draft, jump.toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return () -> Files.deleteIfExists(file);
    }
}
