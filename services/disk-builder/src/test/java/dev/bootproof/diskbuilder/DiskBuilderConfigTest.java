package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskBuilderConfigTest {
    @Test
    void everythingHasADefault() {
        // Given
        Map<String, String> nothing = Map.of();

        // When
        DiskBuilderConfig config = config(nothing);

        // Then
        assertThat(config.maxConcurrency()).isEqualTo(2);
        assertThat(config.resolveTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.registryTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.plainHttp()).isEmpty();
        assertThat(config.mkfs()).isEqualTo("mkfs.ext4");
        assertThat(config.debugfs()).isEqualTo("debugfs");
        assertThat(config.fsck()).isEqualTo("e2fsck");
        assertThat(config.largestDisk().asLongValue()).isEqualTo(64L << 30);
        assertThat(config.keepDownloads().asLongValue()).isEqualTo(20L << 30);
        assertThat(config.efiStub()).isEqualTo(Path.of("/usr/lib/systemd/boot/efi/linuxx64.efi.stub"));
    }

    @Test
    void everythingCanBeSetByItsName() {
        // Given
        Map<String, String> told = Map.ofEntries(
                Map.entry("disk-builder.max-concurrency", "4"),
                Map.entry("disk-builder.resolve-timeout", "PT1M"),
                Map.entry("disk-builder.registry-timeout", "PT5S"),
                Map.entry("disk-builder.plain-http", "registry.lan:5000,other.lan"),
                Map.entry("disk-builder.mkfs", "/opt/mkfs"),
                Map.entry("disk-builder.debugfs", "/opt/debugfs"),
                Map.entry("disk-builder.fsck", "/opt/fsck"),
                Map.entry("disk-builder.largest-disk", "8G"),
                Map.entry("disk-builder.keep-downloads", "1G"),
                Map.entry("disk-builder.efi-stub", "/opt/stub"));

        // When
        DiskBuilderConfig config = config(told);

        // Then
        assertThat(config.maxConcurrency()).isEqualTo(4);
        assertThat(config.resolveTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.registryTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.plainHttp()).contains(Set.of("registry.lan:5000", "other.lan"));
        assertThat(config.mkfs()).isEqualTo("/opt/mkfs");
        assertThat(config.debugfs()).isEqualTo("/opt/debugfs");
        assertThat(config.fsck()).isEqualTo("/opt/fsck");
        assertThat(config.largestDisk().asLongValue()).isEqualTo(8L << 30);
        assertThat(config.keepDownloads().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.efiStub()).isEqualTo(Path.of("/opt/stub"));
    }

    private static DiskBuilderConfig config(Map<String, String> told) {
        return new SmallRyeConfigBuilder()
                .withMapping(DiskBuilderConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(told, "test", 1000))
                .build()
                .getConfigMapping(DiskBuilderConfig.class);
    }
}
