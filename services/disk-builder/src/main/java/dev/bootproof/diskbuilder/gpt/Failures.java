package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;

/** What the exit of a tool means. */
final class Failures {
    private Failures() {}

    /**
     * Goes on only where it went well.
     *
     * @throws StageFault disk-full or tool-failed
     */
    static void expectSuccess(Tool.Result result) throws IOException {
        if (result.exit() != 0) {
            String said = result.said();
            Fault fault = HostFault.saysFull(said) ? Fault.DISK_FULL : Fault.TOOL_FAILED;
            throw new StageFault(fault, result.name() + " exited with " + result.exit() + ": " + said);
        }
    }
}
