package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.Map;

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
 * @param disks the identities of the plan's further disks, by their names
 */
public record VmReady(
        RunId runId,
        int phase,
        DiskInputs inputs,
        List<Sample> samples,
        SshAddress ssh,
        URI machine,
        String wayIn,
        List<Milestone> milestones,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> disks)
        implements RunEvent {

    public VmReady {
        Required.fields("runId", runId, "inputs", inputs, "samples", samples, "ssh", ssh);
        Required.fields("machine", machine, "wayIn", wayIn, "milestones", milestones);
        Required.phase(phase);
        samples = List.copyOf(samples);
        milestones = List.copyOf(milestones);
        disks = disks == null ? Map.of() : Map.copyOf(disks);
    }

    /** A machine of a run that has one disk. */
    public VmReady(
            RunId runId,
            int phase,
            DiskInputs inputs,
            List<Sample> samples,
            SshAddress ssh,
            URI machine,
            String wayIn,
            List<Milestone> milestones) {
        this(runId, phase, inputs, samples, ssh, machine, wayIn, milestones, Map.of());
    }

    @Override
    public Topic topic() {
        return Topic.VM_READY;
    }
}
