package dev.bootproof.chaos.hazard.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that somebody else can put forward and back: the file {@code clock/<part>} below the storm's directory says by
 * how much, as {@code PT2H} or {@code PT-10M}. Without it the time is right.
 */
public final class ShiftedClock extends Clock {
    private final Clock right;
    private final Path file;

    /** This clock over the right one, for this JVM; Byteman puts it in the right one's place. */
    public static Clock over(Clock right) {
        String directory = System.getProperty(Trap.DIRECTORY, ".");
        return new ShiftedClock(right, Path.of(directory, "clock", System.getProperty(Trap.PART, "unknown")));
    }

    ShiftedClock(Clock right, Path file) {
        this.right = right;
        this.file = file;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(shift());
    }

    /** The file appears whole and goes as a whole. */
    private Duration shift() {
        if (!Files.exists(file)) {
            return Duration.ZERO;
        }
        try {
            return Duration.parse(Files.readString(file).strip());
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(right.withZone(zone), file);
    }
}
