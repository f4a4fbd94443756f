package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Starts a part anew with other settings, and mends that by starting it once more with its own.
 *
 * @param name the hazard's name
 * @param description what it means
 * @param part which part
 * @param options what its JVM is told
 */
record RestartedWith(String name, String description, String part, List<String> options) implements Hazard {
    /** A janitor that sweeps ten times a second and knows no youth: whatever has no lease is gone at once. */
    static Hazard restlessJanitor() {
        return new RestartedWith(
                "restless-janitor",
                "the janitor sweeps all the time, at runs that are just being born, and gives nothing time to grow old",
                "janitor",
                List.of("-Djanitor.sweep-interval=PT0.1S", "-Djanitor.minimum-age=PT0S"));
    }

    /** A janitor that keeps no golden disk but those that a lease names. */
    static Hazard greedyJanitor() {
        return new RestartedWith(
                "greedy-janitor",
                "the janitor collects every golden disk that it may, while machines run on overlays of them",
                "janitor",
                List.of("-Djanitor.keep-disks=PT0S", "-Djanitor.keep-disk-bytes=0", "-Djanitor.minimum-age=PT0S"));
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        JvmOptions jvm = new JvmOptions(lab.directory());
        jvm.write(part, options);
        restart(lab);
        return () -> {
            jvm.forget(part);
            restart(lab);
        };
    }

    private void restart(ChaosLab lab) throws IOException {
        lab.kill(part);
        lab.start(part);
    }
}
