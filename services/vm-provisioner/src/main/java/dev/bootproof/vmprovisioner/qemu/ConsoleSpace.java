package dev.bootproof.vmprovisioner.qemu;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a console that a guest floods from filling the lab's disk: what lies between its beginning and its end, and has
 * been read, gives its space back. The file keeps its length, so nobody who reads on in it notices.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2), deallocating file space</a>
 */
final class ConsoleSpace {
    /** More than is shown or kept of a console, at either end. */
    private static final long KEPT = 4L << 20;

    private static final long STEP = 32L << 20;
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final MachineFiles files;
    private long given = KEPT;
    private boolean possible = true;

    ConsoleSpace(MachineFiles files) {
        this.files = files;
    }

    /**
     * Gives space back now and then.
     *
     * @param read how many bytes of the console have been read
     */
    void keepSmall(long read) {
        long until = read - KEPT;
        if (!possible || until - given < STEP) {
            return;
        }
        Tool punched = Tool.run(
                files.directory(),
                SHORT,
                List.of(
                        "fallocate",
                        "-p",
                        "-o",
                        "" + given,
                        "-l",
                        "" + (until - given),
                        files.console().toString()));
        if (punched.ok()) {
            given = until;
            return;
        }
        possible = false;
        Log.warnf("a console that grows cannot be kept small: %s: %s", files.console(), punched.output());
    }
}
