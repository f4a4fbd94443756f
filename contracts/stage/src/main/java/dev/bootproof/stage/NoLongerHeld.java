package dev.bootproof.stage;

import dev.bootproof.events.RunId;

/** The run's lease is not held any more: whoever works for it stops at once and touches nothing. */
public final class NoLongerHeld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The lease of this run is gone. */
    public NoLongerHeld(RunId run) {
        super("the lease of " + run + " is not held any more");
    }
}
