package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.vmprovisioner.VmProvisionerConfig.Acceleration;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and the defaults that people rely on. */
class VmProvisionerConfigTest {
    @Test
    void nothingHasToBeSet() {
        // Given
        Map<String, String> set = Map.of("quarkus.http.port", "8083");
        // When
        VmProvisionerConfig config = config(set);
        // Then
        assertThat(config.url()).isEqualTo(URI.create("http://127.0.0.1:8083"));
        assertThat(config.qemu()).isEqualTo("qemu-system-x86_64");
        assertThat(config.accelerator()).isEqualTo(Acceleration.AUTO);
        assertThat(config.toolsDisk()).isEmpty();
        assertThat(config.secureBootVariables()).isEmpty();
        assertThat(config.reserve().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.maxMachines()).isEmpty();
        assertThat(config.sshGrace()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void everythingCanBeSet() {
        // Given
        Map<String, String> set = Map.of(
                "vm-provisioner.url", "http://lab:1",
                "vm-provisioner.qemu", "/opt/qemu",
                "vm-provisioner.accelerator", "tcg",
                "vm-provisioner.tools-disk", "/tools.img",
                "vm-provisioner.secure-boot-variables", "/own.fd",
                "vm-provisioner.reserve", "2G",
                "vm-provisioner.max-machines", "7",
                "vm-provisioner.ssh-grace", "5s");
        // When
        VmProvisionerConfig config = config(set);
        // Then
        assertThat(config.url()).isEqualTo(URI.create("http://lab:1"));
        assertThat(config.qemu()).isEqualTo("/opt/qemu");
        assertThat(config.accelerator()).isEqualTo(Acceleration.TCG);
        assertThat(config.toolsDisk()).contains(Path.of("/tools.img"));
        assertThat(config.secureBootVariables()).contains(Path.of("/own.fd"));
        assertThat(config.reserve().asLongValue()).isEqualTo(2L << 30);
        assertThat(config.maxMachines()).hasValue(7);
        assertThat(config.sshGrace()).isEqualTo(Duration.ofSeconds(5));
    }

    private static VmProvisionerConfig config(Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(set, "test", 100))
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(VmProvisionerConfig.class)
                .build()
                .getConfigMapping(VmProvisionerConfig.class);
    }
}
