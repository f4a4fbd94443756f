package dev.bootproof.vmprovisioner;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be set about the machines of this host. */
@ConfigMapping(prefix = "vm-provisioner")
public interface VmProvisionerConfig {
    /** Where this service answers for its machines, as others reach it. */
    @WithDefault("http://127.0.0.1:${quarkus.http.port}")
    URI url();

    /** The QEMU to run. */
    @WithDefault("qemu-system-x86_64")
    String qemu();

    /** How guests are run; {@code auto} takes KVM only where a small guest has shown that it works. */
    @WithDefault("auto")
    Acceleration accelerator();

    /** The side disk with test tools that every machine gets, read-only, with the serial number {@code tools}. */
    Optional<Path> toolsDisk();

    /** UEFI variables with other Secure Boot keys than those that OVMF comes with. */
    Optional<Path> secureBootVariables();

    /** Memory of the host that no machine gets. */
    @WithDefault("1G")
    MemorySize reserve();

    /** The most machines at a time; one per processor where not given. */
    OptionalInt maxMachines();

    /** How long after its target a guest may take to let us in, at least. */
    @WithDefault("20s")
    Duration sshGrace();

    /** How guests are run. */
    enum Acceleration {
        /** KVM where it is proven, else TCG. */
        AUTO,
        /** The host's processor. */
        KVM,
        /** Emulation, anywhere. */
        TCG
    }
}
