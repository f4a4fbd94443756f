package dev.bootproof.janitor;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskPlan;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs for tests. */
public final class Samples {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ImageRef IMAGE = ImageRef.parse("registry.example/os/demo:latest");

    private Samples() {}

    /** A run that no other test has. */
    public static RunId run() {
        return new RunId("demo-%012x".formatted(COUNT.incrementAndGet()));
    }

    static Pins pins(String content) {
        Digest digest = Digest.of(content);
        PhasePlan phase = new PhasePlan("boot", 512, 1, Duration.ofMinutes(1), List.of());
        Recipe recipe = new Recipe("rootfs", "ext4", 1024, List.of("quiet"));
        Plan plan = new Plan("smoke", recipe, List.of(phase), Duration.ofMinutes(1), Duration.ofMinutes(1));
        return new Pins(IMAGE, digest, digest, plan, null, null, Trigger.MANUAL);
    }

    static Pins pinsWith(List<DiskPlan> disks) {
        Pins pins = pins("with disks");
        Plan plan = pins.plan();
        Plan more = new Plan(
                plan.name(),
                plan.recipe(),
                plan.phases(),
                plan.buildTimeout(),
                plan.maxWait(),
                disks,
                null,
                null,
                null,
                List.of());
        return new Pins(IMAGE, pins.digest(), pins.platformDigest(), more, null, null, Trigger.MANUAL);
    }

    static CleanupDue held(RunId run, Instant until) {
        return held(run, until, pins(run.value()));
    }

    /** A held lease of a run that is to be kept. */
    static CleanupDue heldAndKept(RunId run, Instant until, Duration keep) {
        Pins pins = pins(run.value());
        return held(
                run,
                until,
                new Pins(IMAGE, pins.digest(), pins.digest(), pins.plan(), null, null, Trigger.MANUAL, null, keep));
    }

    private static CleanupDue held(RunId run, Instant until, Pins pins) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new CleanupDue(run, State.HELD, until, Stage.VM_PROVISIONER, 0, now, pins, List.of());
    }

    static CleanupDue released(RunId run, Instant at) {
        return new CleanupDue(run, State.RELEASED, at, Stage.JANITOR, 0, at, pins(run.value()), List.of());
    }

    static TestsDone passed(RunId run) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new TestsDone(
                run,
                IMAGE,
                Digest.of("x"),
                null,
                "smoke",
                null,
                null,
                Verdict.PASSED,
                Stage.TEST_RUNNER,
                null,
                "it boots",
                Counts.NONE,
                List.of(),
                now);
    }
}
