package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Fault;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.vmprovisioner.Machine;
import dev.bootproof.vmprovisioner.Order;
import dev.bootproof.vmprovisioner.StartResult.Started;
import dev.bootproof.vmprovisioner.TestConfig;
import dev.bootproof.vmprovisioner.TestWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A whole operating system, where {@code BOOTPROOF_TEST_DISK} names the directory of a golden disk of one. */
@EnabledIfEnvironmentVariable(named = "BOOTPROOF_TEST_DISK", matches = ".+")
class WholeSystemTest {
    private static final DerivedKeys KEYS = new DerivedKeys(new byte[32]);
    private static final RunId RUN = new RunId("demo-0123456789ab");

    @TempDir
    Path home = Path.of("/");

    private QemuMachines machines = new QemuMachines(new LocalLab(home), KEYS, new TestConfig(), Clock.systemUTC());

    @BeforeEach
    void linkDisk() throws IOException {
        LocalLab lab = new LocalLab(home);
        Files.createDirectories(lab.disks());
        Files.createSymbolicLink(lab.disk("golden"), Path.of(System.getenv("BOOTPROOF_TEST_DISK")));
        machines = new QemuMachines(lab, KEYS, new TestConfig(), Clock.systemUTC());
    }

    @AfterEach
    void leaveNothing() {
        machines.all().forEach(Machine::stop);
    }

    @Test
    void itComesUpAndLetsUsInWithKeysThatItNeverSaw() {
        // Given
        Order order = order("root=/dev/vda", "rw");
        // When
        TestWatch.Seen seen = TestWatch.watch(started(order), KEYS, Duration.ofSeconds(60));
        // Then
        assertThat(seen.wayIn()).isEqualTo("sshd enabled by the image");
    }

    @Test
    void anSshServerThatMayNotRunIsNoWayIn() {
        // Given
        Order order = order("root=/dev/vda", "rw", "systemd.mask=ssh.service", "systemd.mask=sshd.service");
        // When
        TestWatch.Seen seen = TestWatch.watch(started(order), KEYS, Duration.ofSeconds(60));
        // Then
        assertThat(seen.fault()).isEqualTo(Fault.NO_WAY_IN);
    }

    private Machine started(Order order) {
        return ((Started) machines.start(order)).machine();
    }

    private static Order order(String... arguments) {
        return new Order(RUN, 0, "golden", List.of(arguments), 1024, 2, 1);
    }
}
