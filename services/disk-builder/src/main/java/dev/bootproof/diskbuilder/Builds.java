package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Plan;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sees to it that a disk is made once, however many runs ask for it at the same time, and few disks at a time. */
@ApplicationScoped
class Builds {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Together together = new Together();
    private final GoldenDisks disks;
    private final Patience patience;
    private final Stopping stopping;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final Semaphore places;

    Builds(
            GoldenDisks disks,
            Patience patience,
            Stopping stopping,
            Clock clock,
            MeterRegistry metrics,
            DiskBuilderConfig config) {
        this.disks = disks;
        this.patience = patience;
        this.stopping = stopping;
        this.clock = clock;
        this.metrics = metrics;
        this.places = new Semaphore(config.maxConcurrency(), true);
    }

    /**
     * The time for the disks of one run, which starts now.
     *
     * @param begin called once, right before something is made; what it throws ends it
     */
    Budget budget(Plan plan, Runnable begin) {
        return new Budget(plan, clock, begin);
    }

    /** The disk, made now if it has not been. */
    GoldenDisk disk(DiskInputs inputs, DiskRecipe recipe, Budget budget) {
        String identity = inputs.identity();
        Order order = new Order(inputs, recipe, budget);
        Optional<GoldenDisk> disk = disks.find(identity);
        if (disk.isPresent()) {
            metrics.counter("bootproof.disks", "how", "found").increment();
        }
        while (disk.isEmpty()) {
            disk = together.leadOrFollow(identity, budget.inAll(), () -> inPlace(order));
        }
        return disk.get();
    }

    private GoldenDisk inPlace(Order order) {
        Deadline waiting = order.budget().waiting();
        takePlace(waiting);
        try (BuildLock _ = lock(order.inputs().identity(), waiting)) {
            return disks.find(order.inputs().identity())
                    .orElseGet(() -> order.budget().making(deadline -> make(order, deadline)));
        } catch (IOException e) {
            throw HostFault.of(e);
        } finally {
            places.release();
        }
    }

    private void takePlace(Deadline waiting) {
        try {
            if (!places.tryAcquire(waiting.left().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StageFault(Fault.NO_ROOM, "all places for builds were taken for " + waiting.allowed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a place to build", e);
        }
    }

    private BuildLock lock(String identity, Deadline waiting) {
        Optional<BuildLock> lock = disks.tryLock(identity);
        while (lock.isEmpty()) {
            waiting.check("another builder was still making the same disk");
            stopping.pause(LOOK_AGAIN);
            lock = disks.tryLock(identity);
        }
        return lock.get();
    }

    private GoldenDisk make(Order order, Deadline deadline) {
        Timer.Sample started = Timer.start(metrics);
        String outcome = "failed";
        try {
            GoldenDisk disk = patience.whileUnavailable(() -> disks.make(order.inputs(), order.recipe(), deadline));
            outcome = "made";
            metrics.counter("bootproof.disks", "how", "made").increment();
            Log.infof(
                    "disk made identity=%s digest=%s seconds=%.1f",
                    order.inputs().identity(),
                    order.inputs().platformDigest(),
                    deadline.allowed().minus(deadline.left()).toMillis() / 1000.0);
            return disk;
        } finally {
            started.stop(metrics.timer("bootproof.disk.build", "outcome", outcome));
        }
    }

    /** A disk that is wanted. */
    private record Order(DiskInputs inputs, DiskRecipe recipe, Budget budget) {}
}
