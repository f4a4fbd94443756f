package dev.bootproof.diskbuilder;

import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.DiskPlan;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import dev.bootproof.stage.Traces;
import dev.bootproof.stage.Verdicts;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Works for runs that are held: makes the disks of what they pin, and hands them on or ends them. */
@ApplicationScoped
class HeldRuns {
    private final LeaseBook book;
    private final Pinning pinning;
    private final Recipes recipes;
    private final Builds builds;
    private final Bus bus;
    private final Verdicts verdicts;
    private final Traces traces;
    private final Stopping stopping;

    HeldRuns(
            LeaseBook book,
            Pinning pinning,
            Recipes recipes,
            Builds builds,
            Bus bus,
            Verdicts verdicts,
            Traces traces,
            Stopping stopping) {
        this.book = book;
        this.pinning = pinning;
        this.recipes = recipes;
        this.builds = builds;
        this.bus = bus;
        this.verdicts = verdicts;
        this.traces = traces;
        this.stopping = stopping;
    }

    /** Makes the run's disks and says that they are ready, or ends the run. */
    void work(RunId run, Pins pins) {
        try {
            DiskReady ready = traces.step("build", run, () -> build(run, pins));
            fence(run);
            bus.send(ready);
        } catch (NoLongerHeld e) {
            Log.infof("stopped, the run is over runId=%s", run);
        } catch (StageFault e) {
            end(run, pins, e.fault(), e.evidence());
        } catch (RuntimeException | Error e) {
            stopping.holdIfStopping();
            Log.errorf(e, "a bug ended a run runId=%s", run);
            end(run, pins, Fault.LAB_BUG, Stage.DISK_BUILDER.word() + ": " + e);
        }
    }

    private DiskReady build(RunId run, Pins pins) {
        Budget budget = builds.budget(pins.plan(), () -> renew(run, pins));
        GoldenDisk image = disk(pins, pins.plan().recipe(), budget);
        Map<String, String> further = new TreeMap<>();
        for (DiskPlan disk : pins.plan().disks()) {
            further.put(disk.name(), disk(pins, disk.recipe(), budget).inputs().identity());
        }
        return new DiskReady(run, 0, image.inputs(), image.samples(), further);
    }

    private GoldenDisk disk(Pins pins, Recipe planned, Budget budget) {
        DiskRecipe recipe = recipes.named(planned.kind());
        ImageRef asked = pins.image();
        ImageRef pinned = new ImageRef(asked.registry(), asked.repository(), asked.tag(), pins.digest());
        DiskInputs inputs = new DiskInputs(pins.platformDigest(), pinned, planned, recipe.builder(planned));
        return builds.disk(inputs, recipe, budget);
    }

    /** The lease covers the rest of the run from when its work starts, however long it had to wait. */
    private void renew(RunId run, Pins pins) {
        fence(run);
        Lease lease = pinning.hold(run, pins);
        if (!lease.held()) {
            throw new NoLongerHeld(run);
        }
    }

    private void end(RunId run, Pins pins, Fault fault, String evidence) {
        stopping.holdIfStopping();
        if (book.live(run).isPresent()) {
            verdicts.end(run, pins, fault, evidence, List.of());
        }
    }

    private void fence(RunId run) {
        if (book.live(run).isEmpty()) {
            throw new NoLongerHeld(run);
        }
    }
}
