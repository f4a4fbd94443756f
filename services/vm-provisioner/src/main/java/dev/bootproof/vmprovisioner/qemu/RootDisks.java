package dev.bootproof.vmprovisioner.qemu;

import io.quarkus.logging.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Fresh clones of golden disks: shared blocks where the filesystem can, else an overlay. The golden disk itself is only
 * ever read.
 */
final class RootDisks {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private volatile boolean sharesBlocks = true;

    /** What came of it. */
    sealed interface Clone {
        /** A disk that a machine may write to. */
        record Made(Path file, String format) implements Clone {}

        /** None, and what the host said. */
        record Failed(String evidence) implements Clone {}
    }

    Clone clone(Path golden, Path directory) {
        if (sharesBlocks) {
            Path raw = directory.resolve("disk.raw");
            Tool copy =
                    Tool.run(directory, DEADLINE, List.of("cp", "--reflink=always", golden.toString(), raw.toString()));
            if (copy.ok()) {
                return new Clone.Made(raw, "raw");
            }
            sharesBlocks = false;
            Log.infof("this filesystem shares no blocks, machines get overlays: %s", copy.output());
        }
        return overlay(golden, directory);
    }

    private static Clone overlay(Path golden, Path directory) {
        Path overlay = directory.resolve("disk.qcow2");
        Tool create = Tool.run(
                directory,
                DEADLINE,
                List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-b",
                        golden.toString(),
                        "-F",
                        "raw",
                        overlay.toString()));
        return create.ok()
                ? new Clone.Made(overlay, "qcow2")
                : new Clone.Failed("the disk could not be cloned: " + create.output());
    }
}
