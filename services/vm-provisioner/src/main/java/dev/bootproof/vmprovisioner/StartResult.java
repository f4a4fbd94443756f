package dev.bootproof.vmprovisioner;

/** What came of starting a machine. */
public sealed interface StartResult {
    /**
     * It runs.
     *
     * @param machine the machine
     */
    record Started(Machine machine) implements StartResult {}

    /**
     * It could not be started.
     *
     * @param evidence what the host said
     */
    record NotStarted(String evidence) implements StartResult {}
}
