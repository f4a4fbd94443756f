package dev.bootproof.vmprovisioner;

import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets machines in as the host's memory allows, first come, first served. Memory counts as taken from the moment it is
 * promised: what a machine has been promised and does not use yet is not free.
 *
 * <p>Failure: nothing is written down; after a restart the machines that run are counted again.
 */
@Singleton
public class Rooms {
    /** What QEMU needs beside the guest's memory, in MiB: its own, and code translated by the emulation. */
    public static final int OVERHEAD_MIB = 300;

    /** Somebody else on the host may have given memory back; nobody tells us. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Machines machines;
    private final HostMemory host;
    private final Clock clock;
    private final long reserveMiB;
    private final int most;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> promised = new HashMap<>();
    private final SequencedSet<String> queue = new LinkedHashSet<>();

    Rooms(Machines machines, HostMemory host, VmProvisionerConfig config, Clock clock) {
        this.machines = machines;
        this.host = host;
        this.clock = clock;
        this.reserveMiB = config.reserve().asLongValue() >> 20;
        this.most = config.maxMachines().orElse(Math.max(1, Runtime.getRuntime().availableProcessors()));
        machines.onGone(this::wake);
    }

    /** What came of asking. */
    sealed interface Answer {}

    /** A place, kept until it is closed; a machine that runs then counts by itself. */
    final class Room implements Answer, AutoCloseable {
        private final String name;

        private Room(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                promised.remove(name);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * No place in time.
     *
     * @param evidence how full it was
     */
    record Full(String evidence) implements Answer {}

    /** Waits for a place for this machine; one that runs already has it. */
    Answer enter(Order order, Duration patience) {
        Instant until = clock.instant().plus(patience);
        int wanted = order.memoryMiB() + OVERHEAD_MIB;
        lock.lock();
        try {
            queue.add(order.name());
            while (!mayEnter(order.name(), wanted)) {
                Duration left = Duration.between(clock.instant(), until);
                if (!left.isPositive()) {
                    return full(wanted, patience);
                }
                Log.debugf("waiting for room runId=%s phase=%d", order.run(), order.phase());
                Duration pause = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
                boolean _ = changed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
            promised.put(order.name(), wanted);
            return new Room(order.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for room", e);
        } finally {
            queue.remove(order.name());
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Memory that is promised and not used yet, in MiB. */
    long promisedMiB() {
        lock.lock();
        try {
            return take().unusedMiB();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayEnter(String name, int wanted) {
        Taken taken = take();
        return taken.running().contains(name)
                || (queue.getFirst().equals(name) && fits(taken, host.availableMiB() - reserveMiB, wanted, most));
    }

    /** The arithmetic of it. */
    static boolean fits(Taken taken, long freeMiB, int wantedMiB, int most) {
        return taken.running().size() < most && freeMiB - taken.unusedMiB() >= wantedMiB;
    }

    /**
     * What is taken.
     *
     * @param running the machines that run or are about to
     * @param unusedMiB what they were promised and do not use yet
     */
    record Taken(Set<String> running, long unusedMiB) {}

    private Taken take() {
        Map<String, Long> unused = new HashMap<>();
        promised.forEach((name, miB) -> unused.put(name, (long) miB));
        machines.all().stream()
                .filter(machine -> machine.story().alive())
                .forEach(machine -> unused.put(machine.name(), machine.unusedMiB()));
        return new Taken(
                unused.keySet(),
                unused.values().stream().mapToLong(Long::longValue).sum());
    }

    private Full full(int wanted, Duration patience) {
        Taken taken = take();
        return new Full("the machine needs %d MiB; after %d s the host has %d MiB of which %d are kept back and %d are"
                        .formatted(wanted, patience.toSeconds(), host.availableMiB(), reserveMiB, taken.unusedMiB())
                + " promised, and %d of at most %d machines run"
                        .formatted(taken.running().size(), most));
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
