package dev.bootproof.vmprovisioner;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import java.util.Map;

/**
 * A machine that is wanted.
 *
 * @param run the run
 * @param phase which phase, from 0
 * @param attempt which boot of the phase this is, from 1
 * @param port the port of this host that is to lead to its SSH server; 0 for any
 * @param plan the run's plan
 * @param image the image under test
 * @param disks the identities of the golden disks, by the names that the plan's media use
 */
public record Order(RunId run, int phase, int attempt, int port, Plan plan, ImageRef image, Map<String, String> disks) {
    public Order {
        disks = Map.copyOf(disks);
    }

    /** The machine's name. */
    public String name() {
        return Names.machine(run, phase);
    }

    /** What the plan says of this phase. */
    public PhasePlan planned() {
        return plan.phases().get(phase);
    }

    /** What the machine has beside memory and processors. */
    public MachinePlan machine() {
        return planned().definition();
    }

    /** Its memory in MiB. */
    public int memoryMiB() {
        return planned().memoryMiB();
    }

    /** Whether it is to be saved once it is up and put back later. */
    public boolean saveable() {
        return plan.isolation() == Isolation.SNAPSHOT;
    }

    /** The same machine once more. */
    public Order again() {
        return new Order(run, phase, attempt + 1, port, plan, image, disks);
    }

    /** The same machine with its SSH server behind this port. */
    public Order behind(int chosen) {
        return new Order(run, phase, attempt, chosen, plan, image, disks);
    }
}
