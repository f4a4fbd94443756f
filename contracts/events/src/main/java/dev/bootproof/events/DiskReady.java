package dev.bootproof.events;

import java.util.List;

/**
 * The disks of a phase exist, here, built from exactly these inputs.
 *
 * @param runId the run
 * @param phase which phase, from 0
 * @param inputs what the disk was built from; its identity is the disk's name in the store
 * @param samples files of the image to compare in the guest
 */
public record DiskReady(RunId runId, int phase, DiskInputs inputs, List<Sample> samples) implements RunEvent {
    public DiskReady {
        Required.fields("runId", runId, "inputs", inputs, "samples", samples);
        samples = List.copyOf(samples);
    }

    @Override
    public Topic topic() {
        return Topic.DISK_READY;
    }
}
