package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The disks of a phase exist, here, built from exactly these inputs.
 *
 * @param runId the run
 * @param phase which phase, from 0
 * @param inputs what the disk was built from; its identity is the disk's name in the store
 * @param samples files of the image to compare in the guest
 * @param disks the identities of the plan's further disks, by their names
 */
public record DiskReady(
        RunId runId,
        int phase,
        DiskInputs inputs,
        List<Sample> samples,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> disks)
        implements RunEvent {
    public DiskReady {
        Required.fields("runId", runId, "inputs", inputs, "samples", samples);
        Required.phase(phase);
        samples = List.copyOf(samples);
        disks = disks == null ? Map.of() : Map.copyOf(disks);
    }

    /** The disk of a run that has no other. */
    public DiskReady(RunId runId, int phase, DiskInputs inputs, List<Sample> samples) {
        this(runId, phase, inputs, samples, Map.of());
    }

    @Override
    public Topic topic() {
        return Topic.DISK_READY;
    }
}
