package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import java.util.List;

/**
 * A machine that is wanted.
 *
 * @param run the run
 * @param phase which phase, from 0
 * @param disk the identity of the golden disk that it gets a fresh clone of
 * @param kernelArguments the kernel command line of the disk's recipe
 * @param memoryMiB its memory in MiB
 * @param cpus its processors
 * @param attempt which boot of the phase this is, from 1
 */
public record Order(
        RunId run, int phase, String disk, List<String> kernelArguments, int memoryMiB, int cpus, int attempt) {
    public Order {
        kernelArguments = List.copyOf(kernelArguments);
    }

    /** The machine's name. */
    public String name() {
        return Names.machine(run, phase);
    }

    /** The same machine once more. */
    public Order again() {
        return new Order(run, phase, disk, kernelArguments, memoryMiB, cpus, attempt + 1);
    }
}
