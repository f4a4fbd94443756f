package dev.bootproof.chaos.hazard.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Ends this JVM at a point of its code, as {@code kill -9} would, when somebody has set a trap there. Byteman rules call
 * it; see the <a href="https://byteman.jboss.org/docs.html">programmer's guide</a>, "Byteman rule helpers". Not final,
 * because Byteman extends what it calls.
 *
 * <p>A trap is the file {@code ambush/<part>/<point>} below the storm's directory. Whoever steps on it takes it away with
 * him, so that one trap ends one process; the name it gets says which.
 */
public class Trap {
    /** The property that names the storm's directory; a service refuses one that is called like its own. */
    public static final String DIRECTORY = "chaos.directory";

    /** The property that says which part this JVM is. */
    public static final String PART = "chaos.part";

    private static final int KILLED = 128 + 9;

    private final Path traps;

    /** The traps for this JVM. */
    public Trap() {
        this(Path.of(System.getProperty(DIRECTORY, "."), "ambush", System.getProperty(PART, "unknown")));
    }

    Trap(Path traps) {
        this.traps = traps;
    }

    /** Ends this JVM, without any of its last words, when there is a trap at this point. */
    public void step(String point) {
        if (takes(point)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Whether there was a trap, which is ours alone from now on. */
    boolean takes(String point) {
        Path armed = traps.resolve(point);
        if (!Files.exists(armed)) {
            return false;
        }
        try {
            Path taken = traps.resolve(point + "." + ProcessHandle.current().pid());
            Files.move(armed, taken, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("the trap " + armed + " cannot be taken", e);
        }
    }
}
