package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Stops a stage with SIGSTOP, until all that it could have had in hand has ended by its deadline, and lets it go on: it
 * may not touch those runs any more. Mended by letting it go on, after three minutes in any case: plans with longer
 * budgets outlive it.
 */
record PausedPastLease() implements Hazard {
    private static final List<String> STAGES = List.of("disk-builder", "vm-provisioner", "test-runner");
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    @Override
    public String name() {
        return "paused-past-lease";
    }

    @Override
    public String description() {
        return "a stage is stopped until the runs it had in hand are over, and then goes on";
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        String pid = String.valueOf(lab.pid(Services.any(STAGES, random)));
        List<RunId> inHand = lab.open();
        Host.run("kill", "-STOP", pid);
        return () -> {
            awaitEnd(lab, inHand);
            if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
                Host.run("kill", "-CONT", pid);
            }
        };
    }

    private static void awaitEnd(ChaosLab lab, List<RunId> runs) {
        long giveUp = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < giveUp && lab.open().stream().anyMatch(runs::contains)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
