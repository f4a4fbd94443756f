package dev.bootproof.vmprovisioner;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets machines in as the host's memory allows, first come, first served, with a fair share for every stream. Whoever
 * is next keeps its place until it fits, so that small machines do not starve a large one; only whom the end of all our
 * machines would not help is passed by. Memory counts as taken from the moment it is
 * promised: what a machine has been promised and does not use yet is not free. Machines that are only kept for people to
 * look at give way to those that wait, the oldest first.
 *
 * <p>Failure: nothing is written down; after a restart the machines that run are counted again.
 */
@Singleton
public class Rooms {
    /** Somebody else on the host may have given memory back; nobody tells us. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    private final Capacity capacity;
    private final Timer waits;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> promised = new HashMap<>();
    private final FairQueue queue = new FairQueue();

    Rooms(
            Machines machines,
            HostMemory host,
            Kept kept,
            VmProvisionerConfig config,
            MeterRegistry metrics,
            Clock clock) {
        this.capacity = new Capacity(machines, host, kept, config);
        this.waits = metrics.timer("bootproof.room.wait");
        this.clock = clock;
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
        Instant begin = clock.instant();
        lock.lock();
        try {
            queue.join(order);
            while (!mayEnter(order)) {
                Duration left = Duration.between(clock.instant(), begin.plus(patience));
                if (!left.isPositive()) {
                    return full(order, patience);
                }
                if (!madeRoom(order)) {
                    Duration pause = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
                    boolean _ = changed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
            promised.put(order.name(), Capacity.wanted(order));
            queue.served(order);
            waited(order, Duration.between(begin, clock.instant()));
            return new Room(order.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for room", e);
        } finally {
            queue.leave(order);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Memory that is promised and not used yet, in MiB. */
    long promisedMiB() {
        lock.lock();
        try {
            return capacity.taken(promised).unusedMiB();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return (int) queue.inOrder().count();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayEnter(Order order) {
        Capacity.Taken taken = capacity.taken(promised);
        return taken.running().contains(order.name()) || (isNext(order) && capacity.fits(taken, order));
    }

    private boolean isNext(Order order) {
        return queue.inOrder()
                .filter(waiting -> !capacity.hopeless(waiting))
                .findFirst()
                .filter(next -> next.name().equals(order.name()))
                .isPresent();
    }

    /** Turns a kept machine off, if that helps; the others need not wait while it ends. */
    private boolean madeRoom(Order order) {
        if (!isNext(order)) {
            return false;
        }
        Optional<Machine> leaves = capacity.mayLeave(capacity.taken(promised), order);
        if (leaves.isEmpty()) {
            return false;
        }
        lock.unlock();
        try {
            giveWay(leaves.get(), order);
        } finally {
            lock.lock();
        }
        return true;
    }

    private static void giveWay(Machine machine, Order order) {
        Log.infof("kept machine gives way runId=%s phase=%d to=%s", machine.run(), machine.phase(), order.run());
        machine.tell(new Signal.GivesWay("it was kept for people and gave way to the run " + order.run()));
        machine.stop();
    }

    private void waited(Order order, Duration time) {
        waits.record(time);
        if (time.compareTo(WORTH_SAYING) > 0) {
            Log.infof("waited %d s for room runId=%s phase=%d", time.toSeconds(), order.run(), order.phase());
        }
    }

    private Full full(Order order, Duration patience) {
        String how = capacity.words(capacity.taken(promised));
        return new Full(
                "the machine needs %d MiB; after %d s %s".formatted(Capacity.wanted(order), patience.toSeconds(), how));
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
