package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.NoLongerHeld;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings machines up. A machine that an earlier process of this service started is gone on with; a boot that stalled
 * without saying why is tried once more on a fresh clone, because a stall alone says nothing about the image.
 */
@Singleton
class Boots {
    private static final int MOST_ATTEMPTS = 2;
    private static final Duration LEAST = Duration.ofSeconds(30);

    private final Machines machines;
    private final BootWatch watch;
    private final MeterRegistry metrics;
    private final Clock clock;

    Boots(Machines machines, BootWatch watch, MeterRegistry metrics, Clock clock) {
        this.machines = machines;
        this.watch = watch;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Brings this machine up.
     *
     * @param timeout how long one boot may take
     * @param fence called right before and right after a machine is made; throws {@link NoLongerHeld} when it may not be
     */
    BootResult.Final bring(Order order, Duration timeout, Runnable fence) {
        Optional<Machine> left = machines.find(order.run(), order.phase()).filter(Boots::goesOn);
        if (left.isEmpty()) {
            return settled(started(order, timeout, fence), timeout, fence);
        }
        BootResult gone = goneOnWith(left.get(), timeout);
        return left.get().attempt() < MOST_ATTEMPTS ? settled(gone, timeout, fence) : last(gone);
    }

    /** Boots this machine once more from a fresh clone, behind the same port, whatever it is doing now. */
    BootResult.Final afresh(Machine machine, Duration timeout, Runnable fence) {
        Order order = machine.order().behind(machine.ssh().port()).again();
        fence.run();
        machine.stop();
        return settled(started(order, timeout, fence), timeout, fence);
    }

    private BootResult.Final settled(BootResult first, Duration timeout, Runnable fence) {
        if (!(first instanceof BootResult.Stalled(Machine machine, String evidence))) {
            return last(first);
        }
        Log.warnf("boot stalled, once more on a fresh clone runId=%s: %s", machine.run(), evidence);
        machine.stop();
        return last(started(machine.order().again(), timeout, fence));
    }

    private static BootResult.Final last(BootResult result) {
        return switch (result) {
            case BootResult.Final settled -> settled;
            case BootResult.Stalled(Machine machine, String evidence) ->
                new BootResult.Failed(machine, Fault.BOOT_STALLED, evidence);
        };
    }

    /** Whether the boot of this machine can still be judged: it runs, was up, or the guest itself ended it. */
    private static boolean goesOn(Machine machine) {
        Story story = machine.story();
        Trouble trouble = story.trouble();
        boolean hostEndedIt = trouble != null && trouble.fault() == Fault.MACHINE_KILLED;
        return story.alive() || story.ready() || (trouble != null && !hostEndedIt);
    }

    private BootResult started(Order order, Duration timeout, Runnable fence) {
        fence.run();
        return switch (machines.start(order)) {
            case StartResult.Started(Machine machine) ->
                watched(machine, machine.startedAt().plus(timeout).plus(stillHeld(machine, fence)));
            case StartResult.NotStarted(Fault fault, String evidence) -> new BootResult.NotStarted(fault, evidence);
        };
    }

    /**
     * Making a machine takes a while: who was paused meanwhile, and woke up when the run was over, takes it away again.
     *
     * @return how long it took to look, in which nobody listened
     */
    private Duration stillHeld(Machine machine, Runnable fence) {
        Instant began = clock.instant();
        try {
            fence.run();
        } catch (NoLongerHeld e) {
            machine.stop();
            throw e;
        }
        return Duration.between(began, clock.instant());
    }

    /** The guest is not blamed for the time in which nobody listened. */
    private BootResult goneOnWith(Machine machine, Duration timeout) {
        Log.infof("going on with a machine that runs runId=%s phase=%d", machine.run(), machine.phase());
        Instant regular = machine.startedAt().plus(timeout);
        Instant least = clock.instant().plus(LEAST);
        return watched(machine, regular.isAfter(least) ? regular : least);
    }

    private BootResult watched(Machine machine, Instant until) {
        boolean wasUp = machine.story().ready();
        BootResult result = watch.watch(machine, until);
        if (result instanceof BootResult.Up && !wasUp) {
            metrics.timer("bootproof.boot").record(Duration.between(machine.startedAt(), clock.instant()));
        }
        return result;
    }
}
