package dev.bootproof.diskbuilder;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One build at a time, and little patience. */
final class TestConfig implements DiskBuilderConfig {
    @Override
    public int maxConcurrency() {
        return 1;
    }

    @Override
    public Duration resolveTimeout() {
        return Duration.ZERO;
    }

    @Override
    public Duration registryTimeout() {
        return Duration.ofSeconds(5);
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
}
