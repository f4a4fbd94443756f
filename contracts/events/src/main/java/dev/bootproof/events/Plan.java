package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a digest, resolved: later stages need no catalog.
 *
 * @param name the plan's name in the catalog
 * @param recipe how the image becomes a disk
 * @param phases the machines, in order; at least one
 * @param buildTimeout how long making the disks may take
 * @param maxWait how long a stage may keep the run waiting before it starts
 * @param disks further disks, as an empty one to install to
 * @param network what the machines reach; null for {@link Network#NONE}
 * @param isolate what a suite sees of those before it; null for {@link Isolation#SHARED}
 * @param ledger which failing tests do not block; null for none
 * @param targets who is told of the verdict
 */
public record Plan(
        String name,
        Recipe recipe,
        List<PhasePlan> phases,
        Duration buildTimeout,
        Duration maxWait,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DiskPlan> disks,
        @Nullable Network network,
        @Nullable Isolation isolate,
        @Nullable Ledger ledger,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Target> targets) {
    /** What collecting and pushing evidence may take beside the suites. */
    private static final Duration EVIDENCE = Duration.ofMinutes(2);

    public Plan {
        Required.fields("name", name, "recipe", recipe, "phases", phases);
        Required.fields("buildTimeout", buildTimeout, "maxWait", maxWait);
        if (phases.isEmpty()) {
            throw new MalformedEvent("phases", "the plan " + name + " has no phase: give it at least one machine");
        }
        phases = List.copyOf(phases);
        disks = disks == null ? List.of() : List.copyOf(disks);
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    /** A plan with one disk, without a network, whose every failure blocks. */
    public Plan(String name, Recipe recipe, List<PhasePlan> phases, Duration buildTimeout, Duration maxWait) {
        this(name, recipe, phases, buildTimeout, maxWait, List.of(), null, null, null, List.of());
    }

    /** What the machines reach. */
    public Network reach() {
        return network == null ? Network.NONE : network;
    }

    /** What a suite sees of those before it. */
    public Isolation isolation() {
        return isolate == null ? Isolation.SHARED : isolate;
    }

    /** Which failing tests do not block. */
    public Ledger forgiven() {
        return ledger == null ? Ledger.EMPTY : ledger;
    }

    /**
     * The same plan with only these of its suites.
     *
     * @throws MalformedEvent naming the suites that it does not have
     */
    public Plan only(List<String> suites) {
        List<String> unknown = suites.stream()
                .filter(suite -> phases.stream()
                        .flatMap(phase -> phase.suites().stream())
                        .noneMatch(planned -> planned.name().equals(suite)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new MalformedEvent("suites", "the plan " + name + " has no suite " + String.join(", ", unknown));
        }
        List<PhasePlan> left = phases.stream().map(phase -> phase.only(suites)).toList();
        return new Plan(name, recipe, left, buildTimeout, maxWait, disks, network, isolate, ledger, targets);
    }

    /**
     * The longest that a run may still take when this stage starts its work for this phase: the budgets of the stages
     * that remain and the waits between them. A boot counts twice, because a stall is booted once more, and once more
     * for every suite that gets a boot of its own and every restart.
     */
    public Duration remaining(Stage stage, int phase) {
        Duration total = Duration.ZERO;
        if (stage.compareTo(Stage.DISK_BUILDER) <= 0) {
            total = total.plus(buildTimeout).plus(maxWait);
        }
        for (int n = phase; n < phases.size(); n++) {
            PhasePlan machine = phases.get(n);
            if (n > phase || stage.compareTo(Stage.VM_PROVISIONER) <= 0) {
                total = total.plus(machine.bootTimeout().multipliedBy(2)).plus(maxWait);
            }
            total = total.plus(machine.suitesTimeout()).plus(EVIDENCE);
            if (isolation() != Isolation.SHARED) {
                total = total.plus(
                        machine.bootTimeout().multipliedBy(machine.suites().size()));
            }
        }
        return total;
    }
}
