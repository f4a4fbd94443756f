package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.util.stream.Stream;

/** What an I/O error on this host means; never the image's fault. */
public final class HostFault {
    private HostFault() {}

    /** The fault of this error. */
    public static StageFault of(IOException error) {
        String evidence = error.getClass().getSimpleName() + ": " + error.getMessage();
        return new StageFault(saysFull(evidence) ? Fault.DISK_FULL : Fault.TOOL_FAILED, evidence);
    }

    /** Whether a message of the system says that no more can be written. */
    public static boolean saysFull(String message) {
        return Stream.of("No space left on device", "Disk quota exceeded", "File too large")
                .anyMatch(message::contains);
    }
}
