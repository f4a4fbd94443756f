package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Parts are killed at once, as by a power cut, and started again.
 *
 * @param name the hazard's name
 * @param parts which, in the order in which they are started again
 */
record Killed(String name, List<String> parts) implements Hazard {
    Killed {
        parts = List.copyOf(parts);
    }

    /** One part. */
    static Hazard one(String part) {
        return new Killed("kill-" + part, List.of(part));
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        parts.parallelStream().forEach(lab::kill);
        return () -> {
            for (String part : parts) {
                lab.start(part);
            }
        };
    }
}
