package dev.bootproof.vmprovisioner;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A configuration for tests: emulation, no side disk, a short grace. */
public record TestConfig(
        String qemu,
        Acceleration accelerator,
        Duration sshGrace,
        OptionalInt maxMachines,
        Optional<Path> secureBootVariables)
        implements VmProvisionerConfig {
    public TestConfig() {
        this("qemu-system-x86_64", Acceleration.TCG, Duration.ofSeconds(2), OptionalInt.empty(), Optional.empty());
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:8083");
    }

    @Override
    public Optional<Path> toolsDisk() {
        return Optional.empty();
    }

    @Override
    public MemorySize reserve() {
        return new MemorySize(BigInteger.valueOf(1L << 30));
    }
}
