package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * The registry, seen through the storm's proxy, behaves badly. Mended by calming it.
 *
 * @param mood how
 */
record RegistryMood(Mood mood) implements Hazard {
    @Override
    public String name() {
        return "registry-" + mood.word();
    }

    @Override
    public String description() {
        return "the registry " + mood.words();
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        mood.rule(lab.directory());
        return () -> Mood.CALM.rule(lab.directory());
    }
}
