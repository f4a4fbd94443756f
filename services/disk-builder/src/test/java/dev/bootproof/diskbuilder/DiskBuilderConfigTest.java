package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
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
    }

    @Test
    void everythingCanBeSetByItsName() {
        // Given
        Map<String, String> told = Map.of(
                "disk-builder.max-concurrency", "4",
                "disk-builder.resolve-timeout", "PT1M",
                "disk-builder.registry-timeout", "PT5S",
                "disk-builder.plain-http", "registry.lan:5000,other.lan",
                "disk-builder.mkfs", "/opt/mkfs",
                "disk-builder.debugfs", "/opt/debugfs",
                "disk-builder.fsck", "/opt/fsck");

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
    }

    private static DiskBuilderConfig config(Map<String, String> told) {
        return new SmallRyeConfigBuilder()
                .withMapping(DiskBuilderConfig.class)
                .withSources(new PropertiesConfigSource(told, "test", 1000))
                .build()
                .getConfigMapping(DiskBuilderConfig.class);
    }
}
