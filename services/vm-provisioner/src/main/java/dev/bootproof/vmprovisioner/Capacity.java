package dev.bootproof.vmprovisioner;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the host can hold: its memory, and how many machines at most. */
public final class Capacity {
    /** What QEMU needs beside the guest's memory, in MiB: its own, and code translated by the emulation. */
    public static final int OVERHEAD_MIB = 300;

    private final Machines machines;
    private final HostMemory host;
    private final Kept kept;
    private final long reserveMiB;
    private final int most;

    Capacity(Machines machines, HostMemory host, Kept kept, VmProvisionerConfig config) {
        this.machines = machines;
        this.host = host;
        this.kept = kept;
        this.reserveMiB = config.reserve().asLongValue() >> 20;
        this.most = config.maxMachines().orElse(Math.max(1, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * What is taken.
     *
     * @param running the machines that run or are about to
     * @param unusedMiB what they were promised and do not use yet
     */
    record Taken(Set<String> running, long unusedMiB) {}

    /** What a machine takes, in MiB. */
    static int wanted(Order order) {
        return order.memoryMiB() + OVERHEAD_MIB;
    }

    /** What is taken when this is promised beside what runs. */
    Taken taken(Map<String, Integer> promised) {
        Map<String, Long> unused = new HashMap<>();
        promised.forEach((name, miB) -> unused.put(name, (long) miB));
        machines.all().stream()
                .filter(machine -> machine.story().alive())
                .forEach(machine -> unused.put(machine.name(), machine.unusedMiB()));
        return new Taken(
                unused.keySet(),
                unused.values().stream().mapToLong(Long::longValue).sum());
    }

    /** Whether this machine fits beside what is taken. */
    boolean fits(Taken taken, Order order) {
        return fits(taken, host.availableMiB() - reserveMiB, wanted(order), most);
    }

    /** Whether this machine would not fit though all of ours were gone, because the host is too small or others use it. */
    boolean hopeless(Order order) {
        long ours = machines.all().stream()
                .filter(machine -> machine.story().alive())
                .mapToLong(machine -> wanted(machine.order()) - machine.unusedMiB())
                .sum();
        return host.availableMiB() - reserveMiB + ours < wanted(order);
    }

    /** The oldest machine that is only kept; none where the end of all of them would not be enough. */
    Optional<Machine> mayLeave(Taken taken, Order order) {
        List<Machine> leaving = machines.all().stream()
                .filter(machine -> machine.story().alive() && kept.isKept(machine.run()))
                .sorted(Comparator.comparing(Machine::startedAt))
                .toList();
        Set<String> staying = new HashSet<>(taken.running());
        leaving.forEach(machine -> staying.remove(machine.name()));
        long gain =
                leaving.stream().mapToLong(machine -> wanted(machine.order())).sum();
        Taken left = new Taken(staying, taken.unusedMiB());
        boolean enough = fits(left, host.availableMiB() - reserveMiB + gain, wanted(order), most);
        return enough ? leaving.stream().findFirst() : Optional.empty();
    }

    /** The arithmetic of it. */
    static boolean fits(Taken taken, long freeMiB, int wantedMiB, int most) {
        return taken.running().size() < most && freeMiB - taken.unusedMiB() >= wantedMiB;
    }

    /** How full it is, for people. */
    String words(Taken taken) {
        return "the host has %d MiB of which %d are kept back and %d are promised, and %d of at most %d machines run"
                .formatted(
                        host.availableMiB(),
                        reserveMiB,
                        taken.unusedMiB(),
                        taken.running().size(),
                        most);
    }
}
