package dev.bootproof.events;

/** A fact about a run; its key is the run. */
public sealed interface RunEvent extends Event permits DiskReady, VmReady, TestsDone, CleanupDue {
    /** The run it is about. */
    RunId runId();

    @Override
    default String key() {
        return runId().value();
    }
}
