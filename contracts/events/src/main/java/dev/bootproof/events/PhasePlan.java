package dev.bootproof.events;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a run and what is done in it.
 *
 * @param name for people
 * @param memoryMiB memory of the machine in MiB
 * @param cpus processors of the machine
 * @param bootTimeout how long one boot may take
 * @param suites what is run in it, in order
 * @param machine what else it has; null for {@link MachinePlan#PLAIN}
 */
public record PhasePlan(
        String name,
        int memoryMiB,
        int cpus,
        Duration bootTimeout,
        List<SuitePlan> suites,
        @Nullable MachinePlan machine) {
    public PhasePlan {
        Required.fields("name", name, "bootTimeout", bootTimeout, "suites", suites);
        suites = List.copyOf(suites);
    }

    /** A phase on a plain machine. */
    public PhasePlan(String name, int memoryMiB, int cpus, Duration bootTimeout, List<SuitePlan> suites) {
        this(name, memoryMiB, cpus, bootTimeout, suites, null);
    }

    /** What the machine has beside memory and processors. */
    public MachinePlan definition() {
        return machine == null ? MachinePlan.PLAIN : machine;
    }

    /** How long the suites may take together. */
    public Duration suitesTimeout() {
        return suites.stream().map(SuitePlan::allowed).reduce(Duration.ZERO, Duration::plus);
    }

    /** The same machine for only these of its suites; steps between them stay. */
    public PhasePlan only(List<String> wanted) {
        List<SuitePlan> left = suites.stream()
                .filter(suite -> suite.kind() != SuitePlan.Step.SUITE || wanted.contains(suite.name()))
                .toList();
        return new PhasePlan(name, memoryMiB, cpus, bootTimeout, left, machine);
    }
}
