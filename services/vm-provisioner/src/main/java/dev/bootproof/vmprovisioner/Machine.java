package dev.bootproof.vmprovisioner;

import dev.bootproof.events.MachineState;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A machine of a phase, running or gone. */
public interface Machine {
    /** The run. */
    RunId run();

    /** Its name, unique in the lab. */
    default String name() {
        return Names.machine(run(), phase());
    }

    /** Which phase, from 0. */
    int phase();

    /** Which boot of the phase this is, from 1. */
    int attempt();

    /** When it was started. */
    Instant startedAt();

    /** Where its SSH server is to answer. */
    SshAddress ssh();

    /** Memory that was promised to it and that it does not use yet, in MiB; 0 when it is gone. */
    long unusedMiB();

    /** What it has gone through. */
    Story story();

    /**
     * Waits until its story fits or the time is over.
     *
     * @return the story as it is then
     */
    Story await(Predicate<Story> fits, Instant until);

    /** Adds to its story. */
    void tell(Signal signal);

    /** Wakes who waits, because something else than the story may have changed. */
    void nudge();

    /** What its console shows: all of it, or the beginning and the end where it is long. */
    byte[] console();

    /** What its screen shows, as PNG; empty when it cannot be had. */
    Optional<byte[]> screenshot();

    /** Turns it off; returns when it is gone. */
    void stop();

    /** What is answered to those who ask about it. */
    default MachineState state() {
        Story now = story();
        return new MachineState(run(), phase(), now.power(), now.detail(), now.milestones());
    }
}
