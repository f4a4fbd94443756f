package dev.bootproof.events;

import java.net.URI;
import java.util.List;

/**
 * A machine is up.
 *
 * @param runId the run
 * @param phase which phase, from 0
 * @param inputs what the machine's disk was built from
 * @param samples files of the image to compare in the guest
 * @param ssh where the guest answers
 * @param machine where the machine's owner answers for it: {@link MachineState} as JSON, {@code /console} and
 *     {@code /screenshot} below
 * @param wayIn how the lab got in, for people: sshd enabled by the image, or started by the lab
 * @param milestones how far the boot came, and when
 */
public record VmReady(
        RunId runId,
        int phase,
        DiskInputs inputs,
        List<Sample> samples,
        SshAddress ssh,
        URI machine,
        String wayIn,
        List<Milestone> milestones)
        implements RunEvent {

    public VmReady {
        Required.fields("runId", runId, "inputs", inputs, "samples", samples, "ssh", ssh);
        Required.fields("machine", machine, "wayIn", wayIn, "milestones", milestones);
        samples = List.copyOf(samples);
        milestones = List.copyOf(milestones);
    }

    @Override
    public Topic topic() {
        return Topic.VM_READY;
    }
}
