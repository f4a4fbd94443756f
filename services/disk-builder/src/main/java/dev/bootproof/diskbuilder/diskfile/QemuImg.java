package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads qcow2. The format is always said and never guessed, and each program works in the directory of the files.
 *
 * @param program where it is; looked for only when it is needed
 */
public record QemuImg(Supplier<Tool> program) {
    /** The exit code of {@code qemu-img check} for what is damaged. */
    private static final int DAMAGED = 2;

    /**
     * Makes a raw disk of a file whose header was checked.
     *
     * @throws UnreadableImage when the file is broken
     */
    void convert(Path qcow2, Path raw, Path directory, Deadline deadline) throws IOException {
        List<String> arguments =
                List.of("convert", "-f", "qcow2", "-O", "raw", "-S", "4k", qcow2.toString(), raw.toString());
        Tool.Result result = run(arguments, directory, deadline);
        if (result.exit() != 0) {
            String said = result.said().replace(directory + "/", "");
            if (HostFault.saysFull(said)) {
                throw new StageFault(Fault.DISK_FULL, "qemu-img: " + said);
            }
            if (isDamaged(qcow2, directory, deadline)) {
                throw new UnreadableImage(said);
            }
            throw new StageFault(Fault.TOOL_FAILED, "qemu-img exited with " + result.exit() + ": " + said);
        }
        forgetOutput(result);
    }

    /** Whether it is the file's fault; what qemu-img cannot even open has a broken head. */
    private boolean isDamaged(Path qcow2, Path directory, Deadline deadline) throws IOException {
        Tool.Result check = run(List.of("check", "-f", "qcow2", qcow2.toString()), directory, deadline);
        boolean cannotOpen = check.exit() == 1
                && check.find(line -> line.contains("Could not open") && !line.contains("Permission denied"))
                        .isPresent();
        return check.exit() == DAMAGED || cannotOpen;
    }

    private Tool.Result run(List<String> arguments, Path directory, Deadline deadline) {
        return program.get().run(arguments, directory, Map.of(), deadline);
    }

    private static void forgetOutput(Tool.Result result) throws IOException {
        Files.deleteIfExists(result.out());
        Files.deleteIfExists(result.err());
    }
}
