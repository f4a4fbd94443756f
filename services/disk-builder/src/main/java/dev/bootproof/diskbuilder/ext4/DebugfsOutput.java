package dev.bootproof.diskbuilder.ext4;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what debugfs said, because its exit code is 0 whatever happened. */
final class DebugfsOutput {
    private static final Pattern EXPECTED = Pattern.compile(
            "|debugfs: .*|Allocated inode: \\d+|Setting current time to .*|debugfs \\d+\\.\\d+\\S* \\(.*\\)",
            Pattern.DOTALL);

    private DebugfsOutput() {}

    /** Any line that a good run does not have is a fault. */
    static void check(Tool.Result result) throws IOException {
        Optional<String> bad = result.find(line -> !EXPECTED.matcher(line).matches());
        if (bad.isPresent()) {
            throw new StageFault(fault(bad.get()), "debugfs: " + bad.get());
        }
        if (result.exit() != 0) {
            throw new StageFault(Fault.TOOL_FAILED, "debugfs exited with " + result.exit());
        }
    }

    private static Fault fault(String line) {
        if (HostFault.saysFull(line) || line.contains("resulted in short write")) {
            return Fault.DISK_FULL;
        }
        boolean imageIsFull = line.contains("Could not allocate") || line.contains("No free space in ");
        return imageIsFull ? Fault.IMAGE_TOO_LARGE : Fault.TOOL_FAILED;
    }
}
