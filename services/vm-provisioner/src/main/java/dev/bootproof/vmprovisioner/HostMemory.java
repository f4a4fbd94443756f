package dev.bootproof.vmprovisioner;

/** The host's memory. */
public interface HostMemory {
    /** What can be had without swapping, in MiB. */
    long availableMiB();
}
