package dev.bootproof.vmprovisioner;

import dev.bootproof.events.MachineState;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A machine of a phase, running or gone. */
public interface Machine {
    /** What it was made as. */
    Order order();

    /** The run. */
    default RunId run() {
        return order().run();
    }

    /** Its name, unique in the lab. */
    default String name() {
        return order().name();
    }

    /** Which phase, from 0. */
    default int phase() {
        return order().phase();
    }

    /** Which boot of the phase this is, from 1. */
    default int attempt() {
        return order().attempt();
    }

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

    /**
     * Makes the guest know the run's keys, where that is done while it runs.
     *
     * @return why it does not know them yet; empty when it does, or was told before it started
     */
    Optional<String> introduce();

    /** What its console shows: all of it, or the beginning and the end where it is long. */
    byte[] console();

    /** What its screen shows, as PNG; empty when it cannot be had. */
    Optional<byte[]> screenshot();

    /**
     * Saves disks and memory as the state to come back to; when that was done before, nothing is done.
     *
     * @throws Refusal where it cannot
     */
    void save();

    /**
     * Puts it back as it was saved and lets it run. Connections to it break, and its clock is as old as the state.
     *
     * @throws Refusal where it cannot; one that began and failed leaves a machine that is stopped for good
     */
    void restore();

    /** Turns it off; returns when it is gone. */
    void stop();

    /** What is answered to those who ask about it. */
    default MachineState state() {
        Story now = story();
        return new MachineState(run(), phase(), now.power(), now.detail(), now.milestones());
    }
}
