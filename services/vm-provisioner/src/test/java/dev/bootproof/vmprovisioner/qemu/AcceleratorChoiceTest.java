package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bootproof.vmprovisioner.VmProvisionerConfig.Acceleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs guests on this host. */
class AcceleratorChoiceTest {
    private static final String QEMU = "qemu-system-x86_64";

    @TempDir
    Path home = Path.of("/");

    @Test
    void aKernelThatSpeaksIsProof() {
        // Given
        AcceleratorChoice choice = choice(Acceleration.AUTO);
        // When
        boolean boots = choice.boots(TestKernel.get(), Accelerator.TCG);
        // Then
        assertThat(boots).isTrue();
    }

    @Test
    void whatIsNoKernelProvesNothing() throws IOException {
        // Given
        Path garbage = Files.writeString(home.resolve("kernel"), "garbage");
        // When
        boolean boots = choice(Acceleration.AUTO).boots(garbage, Accelerator.TCG);
        // Then
        assertThat(boots).isFalse();
    }

    @Test
    void paravirtualKvmIsNotEvenTried() {
        // Given
        assumeTrue(Files.exists(Path.of("/sys/module/kvm_pvm")) || !Files.exists(Path.of("/dev/kvm")));
        // When
        Accelerator chosen = choice(Acceleration.AUTO).choose(home.resolve("no-kernel"));
        // Then
        assertThat(chosen).isEqualTo(Accelerator.TCG);
        assertThat(home.resolve("accelerator.json")).doesNotExist();
    }

    @Test
    void whatIsConfiguredIsNotDoubted() {
        // Given
        AcceleratorChoice choice = choice(Acceleration.KVM);
        // When
        Accelerator chosen = choice.choose(home.resolve("no-kernel"));
        // Then
        assertThat(chosen).isEqualTo(Accelerator.KVM);
    }

    private AcceleratorChoice choice(Acceleration wish) {
        return new AcceleratorChoice(QEMU, wish, home.resolve("accelerator.json"));
    }
}
