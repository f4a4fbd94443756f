package dev.bootproof.events;

import java.time.Duration;
import java.util.List;

/**
 * One machine of a run and what is done in it.
 *
 * @param name for people
 * @param memoryMiB memory of the machine in MiB
 * @param cpus processors of the machine
 * @param bootTimeout how long one boot may take
 * @param suites what is run in it, in order
 */
public record PhasePlan(String name, int memoryMiB, int cpus, Duration bootTimeout, List<SuitePlan> suites) {
    public PhasePlan {
        Required.fields("name", name, "bootTimeout", bootTimeout, "suites", suites);
        suites = List.copyOf(suites);
    }

    /** How long the suites may take together. */
    public Duration suitesTimeout() {
        return suites.stream().map(SuitePlan::timeout).reduce(Duration.ZERO, Duration::plus);
    }
}
