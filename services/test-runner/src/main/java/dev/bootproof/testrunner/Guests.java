package dev.bootproof.testrunner;

import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;

/** The way into guests, by the keys that derive from the run. */
public interface Guests {
    /**
     * Enters a guest.
     *
     * @throws GuestUnreachable when nobody answers
     * @throws dev.bootproof.stage.StageFault when somebody else answers than the guest of this run
     */
    Guest enter(RunId run, SshAddress address);
}
