package dev.bootproof.vmprovisioner;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Network;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Machines that tests want. */
public final class Orders {
    private static final Recipe RECIPE = new Recipe("rootfs", "ext4", 64, List.of("loglevel=7"));

    private Orders() {}

    /** A plain machine of this run, with this memory. */
    public static Order plain(RunId run, int memoryMiB) {
        return order(run, 0, plan(memoryMiB, MachinePlan.PLAIN, Network.NONE, Isolation.SHARED));
    }

    /** Another machine of a run: this phase, with these disks. */
    public static Order order(RunId run, int phase, Plan plan) {
        return new Order(run, phase, 1, 0, plan, ImageRef.parse("lab.example:5000/os:latest"), disks("golden"));
    }

    /** The same order with further disks. */
    public static Order with(Order order, Map<String, String> disks) {
        return new Order(order.run(), order.phase(), order.attempt(), 0, order.plan(), order.image(), disks);
    }

    /** The disk of the image with this identity. */
    public static Map<String, String> disks(String identity) {
        return Map.of(Medium.IMAGE, identity);
    }

    /** A plan whose three phases are all this machine. */
    public static Plan plan(int memoryMiB, MachinePlan machine, Network network, Isolation isolation) {
        PhasePlan phase = new PhasePlan("boot", memoryMiB, 1, Duration.ofSeconds(60), List.of(), machine);
        return new Plan(
                "test",
                RECIPE,
                Collections.nCopies(3, phase),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                List.of(),
                network,
                isolation,
                null,
                List.of());
    }
}
