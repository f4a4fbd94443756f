package dev.bootproof.vmprovisioner.qemu;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clones of files that a machine may write to: shared blocks where the filesystem can, else an overlay. What is cloned is
 * only ever read.
 */
final class Clones {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String OVERLAY = "qcow2";

    private volatile boolean sharesBlocks = true;

    /**
     * A clone.
     *
     * @param file where it is
     * @param format its format
     */
    record Clone(Path file, String format) {}

    /**
     * Clones a disk.
     *
     * @param from the file, whose name ends with its format
     * @param directory where the clone is to be
     * @param name the clone's name without its format
     * @param saveable whether the machine's state is to be saved in it, which only an overlay can
     * @throws CannotStart with what the host said
     */
    Clone disk(Path from, Path directory, String name, boolean saveable) {
        String format = formatOf(from);
        if (sharesBlocks && !saveable) {
            Path copy = directory.resolve(name + "." + format);
            Tool done =
                    Tool.run(directory, DEADLINE, List.of("cp", "--reflink=always", from.toString(), copy.toString()));
            if (done.ok()) {
                return new Clone(copy, format);
            }
            boolean _ = copy.toFile().delete();
            sharesBlocks = false;
            Log.infof("this filesystem shares no blocks, machines get overlays: %s", done.output());
        }
        Path overlay = directory.resolve(name + "." + OVERLAY);
        image(directory, "create", "-b", from.toString(), "-F", format, overlay.toString());
        return new Clone(overlay, OVERLAY);
    }

    /** Copies a small file as a whole; what belongs to the firmware is not to depend on what lies elsewhere. */
    Clone whole(Path from, Path directory, String name, boolean saveable) throws IOException {
        String format = formatOf(from);
        if (saveable) {
            Path copy = directory.resolve(name + "." + OVERLAY);
            image(directory, "convert", "-f", format, from.toString(), copy.toString());
            return new Clone(copy, OVERLAY);
        }
        Path copy = directory.resolve(name + "." + format);
        Files.write(copy, Files.readAllBytes(from));
        return new Clone(copy, format);
    }

    /** Makes an overlay: {@code create} knows the target's format as {@code -f}, {@code convert} as {@code -O}. */
    private static void image(Path directory, String verb, String... operands) {
        String flag = verb.equals("convert") ? "-O" : "-f";
        List<String> command = new ArrayList<>(List.of("qemu-img", verb, "-q", flag, OVERLAY));
        command.addAll(List.of(operands));
        Tool done = Tool.run(directory, DEADLINE, command);
        if (!done.ok()) {
            throw CannotStart.because("a disk could not be cloned", done, "qemu-img", "qemu-utils");
        }
    }

    private static String formatOf(Path file) {
        return file.getFileName().toString().endsWith("." + OVERLAY) ? OVERLAY : "raw";
    }
}
