package dev.bootproof.vmprovisioner;

import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.time.Instant;
import java.util.List;

/**
 * A machine as the list of machines shows it: all that {@link dev.bootproof.events.MachineState} says, and where it is.
 *
 * @param runId the run
 * @param phase which phase, from 0
 * @param power what the machine is doing
 * @param detail evidence in a sentence; empty while it runs
 * @param milestones how far its latest boot came, and when
 * @param ssh where its SSH server answers
 * @param startedAt when it was started
 * @param memoryMiB what it was promised
 * @param reboots how often its guest restarted it
 * @param alive whether it still exists
 * @param kept whether its run is over and it is kept for people
 */
public record MachineListing(
        RunId runId,
        int phase,
        Power power,
        String detail,
        List<Milestone> milestones,
        SshAddress ssh,
        Instant startedAt,
        int memoryMiB,
        int reboots,
        boolean alive,
        boolean kept) {
    static MachineListing of(Machine machine, boolean kept) {
        Story story = machine.story();
        return new MachineListing(
                machine.run(),
                machine.phase(),
                story.power(),
                story.detail(),
                story.milestones(),
                machine.ssh(),
                machine.startedAt(),
                machine.order().memoryMiB(),
                story.reboots(),
                story.alive(),
                kept);
    }
}
