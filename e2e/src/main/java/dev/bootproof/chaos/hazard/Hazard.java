package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * One thing that can go wrong with a lab.
 *
 * <p>Failure: what was broken before the exception is mended with the end of the lab at the latest.
 */
public interface Hazard {
    /** The name by which {@code --faults} asks for it, like {@code kill-janitor}. */
    String name();

    /** One line for people who choose what is to break. */
    default String description() {
        return name().replace('-', ' ');
    }

    /**
     * Breaks something now.
     *
     * @param random the storm's seeded source: whatever is chosen here is chosen by it, so that a seed replays a storm
     * @return what repairs it; a hazard that repairs itself returns a mending that does nothing
     * @throws IOException when it could not be broken; the storm then says so and goes on
     */
    Mending strike(ChaosLab lab, RandomGenerator random) throws IOException;
}
