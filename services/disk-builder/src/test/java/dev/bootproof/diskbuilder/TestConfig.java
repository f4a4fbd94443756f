package dev.bootproof.diskbuilder;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One build at a time, and little patience where a test does not ask for more. */
final class TestConfig implements DiskBuilderConfig {
    private final Duration patience;
    private final Duration silence;

    TestConfig() {
        this(Duration.ZERO, Duration.ofSeconds(5));
    }

    TestConfig(Duration patience, Duration silence) {
        this.patience = patience;
        this.silence = silence;
    }

    @Override
    public int maxConcurrency() {
        return 1;
    }

    @Override
    public Duration resolveTimeout() {
        return patience;
    }

    @Override
    public Duration registryTimeout() {
        return silence;
    }

    @Override
    public Optional<Set<String>> plainHttp() {
        return Optional.empty();
    }

    @Override
    public String mkfs() {
        return "mkfs.ext4";
    }

    @Override
    public String debugfs() {
        return "debugfs";
    }

    @Override
    public String fsck() {
        return "e2fsck";
    }

    @Override
    public MemorySize largestDisk() {
        return new MemorySize(BigInteger.valueOf(64L << 20));
    }

    @Override
    public MemorySize keepDownloads() {
        return new MemorySize(BigInteger.valueOf(5L << 20));
    }

    @Override
    public Path efiStub() {
        return Path.of("/usr/lib/systemd/boot/efi/linuxx64.efi.stub");
    }
}
