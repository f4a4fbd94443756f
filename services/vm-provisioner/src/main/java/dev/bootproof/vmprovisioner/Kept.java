package dev.bootproof.vmprovisioner;

import dev.bootproof.events.RunId;

/** Which runs are over and have their machine kept for people to look at. */
interface Kept {
    /** Whether the machine of this run serves nothing but somebody's eyes; never while the run is held. */
    boolean isKept(RunId run);
}
