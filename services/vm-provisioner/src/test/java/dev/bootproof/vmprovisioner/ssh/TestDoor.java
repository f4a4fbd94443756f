package dev.bootproof.vmprovisioner.ssh;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.vmprovisioner.WayIn;

/** The real door, for tests of other packages. */
public final class TestDoor {
    private TestDoor() {}

    /** Logs in by SSH with these keys. */
    public static WayIn real(DerivedKeys keys) {
        return new SshWayIn(keys);
    }
}
