package dev.bootproof.chaos.hazard.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The time as somebody else wants it: the file {@code clock/<part>} below the storm's directory says how far it is put
 * forward or back, as {@code PT2H} or {@code PT-10M}. Without it the time is right.
 */
public final class ShiftedClock {
    private static final Path FILE =
            Path.of(System.getProperty(Trap.DIRECTORY, "."), "clock", System.getProperty(Trap.PART, "unknown"));

    private ShiftedClock() {}

    /** What the clock says where it would say this; Byteman calls it at the end of the system clock's own method. */
    public static Instant shifted(Instant right) {
        if (!Files.exists(FILE)) {
            return right;
        }
        try {
            return right.plus(Duration.parse(Files.readString(FILE).strip()));
        } catch (IOException e) {
            return right; // it was put right just now
        }
    }
}
