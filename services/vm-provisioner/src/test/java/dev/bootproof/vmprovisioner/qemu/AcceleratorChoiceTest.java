package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.vmprovisioner.VmProvisionerConfig.Acceleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void paravirtualKvmIsNotEvenTried() throws IOException {
        // Given
        Path device = Files.createFile(home.resolve("kvm"));
        Path paravirtual = Files.createDirectory(home.resolve("kvm_pvm"));
        Path kernel = Files.writeString(home.resolve("kernel"), "never looked at");
        AcceleratorChoice choice = new AcceleratorChoice(
                "no-such-qemu",
                Acceleration.AUTO,
                home.resolve("accelerator.json"),
                new AcceleratorChoice.Signs(device, paravirtual, List.of(device)));
        // When
        Accelerator chosen = choice.choose(kernel);
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
