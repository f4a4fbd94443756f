package dev.bootproof.chaos.hazard;

import java.io.IOException;

/** Repairs what a hazard broke. */
@FunctionalInterface
public interface Mending {
    /**
     * Repairs it now, and returns when it is repaired: a killed part answers again.
     *
     * @throws IOException when it could not be repaired, which ends the storm
     */
    void mend() throws IOException;
}
