package dev.bootproof.events;

import java.time.Duration;
import java.util.List;

/**
 * What is done with a digest, resolved: later stages need no catalog.
 *
 * @param name the plan's name in the catalog
 * @param recipe how the disk is made
 * @param phases the machines, in order; at least one
 * @param buildTimeout how long making the disk may take
 * @param maxWait how long a stage may keep the run waiting before it starts
 */
public record Plan(String name, Recipe recipe, List<PhasePlan> phases, Duration buildTimeout, Duration maxWait) {
    /** What collecting and pushing evidence may take beside the suites. */
    private static final Duration EVIDENCE = Duration.ofMinutes(2);

    public Plan {
        Required.fields("name", name, "recipe", recipe, "phases", phases);
        Required.fields("buildTimeout", buildTimeout, "maxWait", maxWait);
        if (phases.isEmpty()) {
            throw new MalformedEvent("phases", "the plan " + name + " has no phase: give it at least one machine");
        }
        phases = List.copyOf(phases);
    }

    /**
     * The longest that a run may still take when this stage starts its work for this phase: the budgets of the stages
     * that remain and the waits between them. A boot counts twice, because a stall is booted once more.
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
        }
        return total;
    }
}
