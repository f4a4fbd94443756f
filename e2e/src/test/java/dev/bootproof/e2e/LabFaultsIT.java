package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lab's own faults: none of them may say anything about the image. */
@Order(7)
@Tag("slow")
@ExtendWith(LabExtension.class)
class LabFaultsIT {
    private final Lab lab;

    LabFaultsIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    @AfterEach
    void up() {
        lab.up();
    }

    private ImageRef image(String name) {
        Layout layout = lab.images()
                .demo()
                .with(name + "-" + System.nanoTime(), tar -> Layer.file(tar, "usr/share/variant", 0644, name + "\n"));
        return lab.images().push(layout, name + ":latest");
    }

    private Run fire(ImageRef image) {
        lab.kcat("{\"image\":\"" + image + "\"}");
        return lab.awaitRun(image.toString(), 1);
    }

    private void assertErrored(Run fired, String fault) {
        Run run = lab.awaitVerdict(fired.id());
        assertThat(run.verdict()).as(run.summary()).isEqualTo("errored");
        assertThat(run.fault()).isEqualTo(fault);
    }

    @Test
    void aMissingToolIsTheLabsFault() {
        // Given
        ImageRef image = image("toolless");
        lab.down("disk-builder");
        lab.up(Map.of("DISK_BUILDER_MKFS", "/nonexistent/mkfs.ext4"), "--only", "disk-builder");
        // When
        Run run = fire(image);
        // Then
        assertErrored(run, "tool-missing");
        lab.awaitNothingLeft(run.id());
        lab.down("disk-builder");
    }

    /** Needs root, for a small file system of its own. */
    @Test
    void aFullDiskIsTheLabsFaultAndLeavesNoDisk() throws IOException {
        // Given
        if (!System.getProperty("user.name").equals("root")) {
            System.err.println("SKIPPED: only root can mount a small file system to fill; CI runs this as root");
        }
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        ImageRef image = image("too-much");
        String work = Files.createDirectories(lab.home().resolve("work")).toString();
        sh("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", work);
        try {
            // When
            Run run = fire(image);
            // Then
            assertErrored(run, "disk-full");
            lab.awaitNothingLeft(run.id());
        } finally {
            sh("umount", work);
        }
    }

    private static void sh(String... command) {
        Outcome outcome = new Command(List.of(command), Map.of(), "").run(Duration.ofSeconds(30));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
    }

    @Test
    void aDeadRegistryIsTheLabsFault() {
        // Given
        ImageRef image = image("unreachable");
        lab.down("registry");
        // When
        Run run = fire(image);
        // Then
        assertErrored(run, "registry-unavailable");
    }

    @Test
    void aKilledMachineIsTheLabsFault() throws IOException {
        // Given
        Run run = fire(image("shot"));
        Path pidFile = lab.home().resolve("runs/" + run.id() + "/p0/qemu.pid");
        Web machines = new Web("http://" + lab.address("vm-provisioner"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(machines.text("/machines/" + run.id() + "/p0"))
                        .contains("\"kernel\""));
        // When
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow()
                .destroyForcibly();
        // Then
        assertErrored(run, "machine-killed");
        lab.awaitNothingLeft(run.id());
    }
}
