package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.events.Fault;

/** Why a machine cannot even be started. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    CannotStart(Fault fault, String evidence) {
        super(evidence);
        this.fault = fault;
    }

    /** Because this tool said so; one that is not there is named with the package that has it. */
    static CannotStart because(String what, Tool tool, String name, String packaged) {
        return tool.isMissing()
                ? missing(name, packaged)
                : new CannotStart(Fault.MACHINE_NOT_STARTED, what + ": " + tool.output());
    }

    /** Because there is no such tool. */
    static CannotStart missing(String name, String packaged) {
        return new CannotStart(Fault.TOOL_MISSING, name + ": install the package " + packaged);
    }

    Fault fault() {
        return fault;
    }

    String evidence() {
        return String.valueOf(getMessage());
    }
}
