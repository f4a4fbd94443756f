package dev.bootproof.local;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * One lab on this machine: where it lives, what it is started from, and by whom.
 *
 * @param home its directory
 * @param installation what it is started from
 * @param user the user's environment
 * @param clock the time
 */
record Lab(Home home, Installation installation, Map<String, String> user, Clock clock) {
    /** The lab that this environment names. */
    static Lab of(Map<String, String> environment, Clock clock) {
        return new Lab(Home.of(environment), Installation.of(environment), environment, clock);
    }

    LabFile file() {
        return new LabFile(home.stateFile());
    }

    LabState state() {
        return file().read();
    }

    /**
     * The state of a lab that is up.
     *
     * @throws Trouble where it is not
     */
    LabState running() {
        LabState state = state();
        if (state.running(Part.BROKER).isEmpty()) {
            throw Trouble.usage("the lab is not up", "run ./bootproof up");
        }
        return state;
    }

    /** The default lab takes the ports that people know; others stay out of its way. */
    Ports ports() {
        return Ports.of(home, user.getOrDefault("BOOTPROOF_HOME", "").isEmpty());
    }

    Detached process(Part part, LabState state) {
        return switch (part) {
            case BROKER -> new Broker(home, installation).process(state);
            case REGISTRY -> new LocalRegistry(home).process(state);
            case POLLER, DISK_BUILDER, VM_PROVISIONER, TEST_RUNNER, PUBLISHER, JANITOR ->
                new ServiceProcess(home, installation, user).process(part, state);
        };
    }

    /** What tells the part that runs from the part that would be started now. */
    String fingerprint(Part part, Detached process) {
        return switch (part) {
            case BROKER, REGISTRY -> Fingerprint.of(process, List.of());
            case POLLER, DISK_BUILDER, VM_PROVISIONER, TEST_RUNNER, PUBLISHER, JANITOR ->
                Fingerprint.of(process, Fingerprint.ours(installation.application(part)));
        };
    }
}
