package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.e2e.Layout.LayerFiles;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Broken images, each broken in one way, and the verdict each must get. */
@Order(3)
@ExtendWith(LabExtension.class)
class VerdictsIT {
    private final Lab lab;

    VerdictsIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    private ImageRef variant(String name, LayerFiles files) {
        return lab.images().push(lab.images().demo().with(name + "-" + System.nanoTime(), files), name + ":latest");
    }

    private Run verdictOn(ImageRef image) {
        lab.kcat("{\"image\":\"" + image + "\"}");
        Run run = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
        lab.awaitNothingLeft(run.id());
        return run;
    }

    @Test
    void aKernelPanicFailsWhereItHappened() {
        // Given
        ImageRef image = variant("panics", tar -> {
            Layer.whiteout(tar, "usr/sbin/init");
            Layer.whiteout(tar, "usr/lib/systemd/systemd");
        });
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("failed");
        assertThat(run.fault()).isIn("kernel-panic", "root-not-found");
        assertThat(run.reason()).containsIgnoringCase("panic");
        assertThat(run.firstPhase().path("evidence").asText()).isNotEmpty();
    }

    @Test
    void anImageWithSshDisabledIsEnteredAllTheSame() {
        // Given
        ImageRef image = variant("sshless", tar -> {
            Layer.whiteout(tar, "etc/systemd/system/multi-user.target.wants/ssh.service");
            Layer.whiteout(tar, "etc/systemd/system/sshd.service");
            Layer.file(tar, "etc/systemd/system-preset/00-no-ssh.preset", 0644, "disable ssh.service\n");
        });
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        assertThat(run.firstPhase().path("wayIn").asText()).isEqualTo("sshd started by the lab");
    }

    @Test
    void anImageWithoutAnSshServerIsSkippedBecauseThereIsNoWayIn() {
        // Given
        ImageRef image = variant("locked", tar -> Layer.whiteout(tar, "usr/sbin/sshd"));
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("skipped");
        assertThat(run.fault()).isEqualTo("no-way-in");
        assertThat(run.reason()).startsWith("no way in");
    }

    @Test
    void aFailingUnitFailsTheSuiteWithTheUnitsJournal() {
        // Given
        ImageRef image = variant("failing-unit", tar -> {
            Layer.file(tar, "etc/systemd/system/broken.service", 0644, """
                    [Unit]
                    Description=Broken
                    [Service]
                    Type=oneshot
                    ExecStart=/bin/sh -c 'echo the flux capacitor is empty; exit 7'
                    """);
            Layer.link(
                    tar,
                    "etc/systemd/system/multi-user.target.wants/broken.service",
                    "/etc/systemd/system/broken.service");
        });
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("failed");
        assertThat(run.fault()).isEqualTo("suite-failed");
        assertThat(run.firstPhase().path("suites").path(0).path("failures").toString())
                .contains("broken.service", "flux capacitor");
    }

    @Test
    void aLayerThatLiesAboutItsDigestIsTheRegistrysFaultAndLeavesNoDisk() throws IOException {
        // Given
        Layout layout = lab.images()
                .demo()
                .with("liar-" + System.nanoTime(), tar -> Layer.file(tar, "usr/share/truth", 0644, "the truth\n"));
        ImageRef image = lab.images().push(layout, "liar:latest");
        Path stored = lab.images().stored(layout.lastLayer());
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 0x20;
        Files.write(stored, bytes);
        long disks = disks();
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("errored");
        assertThat(run.fault()).isEqualTo("digest-mismatch");
        assertThat(disks()).isEqualTo(disks);
    }

    @Test
    void anImageWithoutAKernelIsUnsupported() {
        // Given
        ImageRef image = variant("kernelless", tar -> Layer.whiteout(tar, "usr/lib/modules"));
        // When
        Run run = verdictOn(image);
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("skipped");
        assertThat(run.fault()).isEqualTo("unsupported");
        assertThat(run.reason()).contains("kernel");
    }

    private long disks() throws IOException {
        try (var all = Files.list(lab.home().resolve("disks"))) {
            return all.count();
        }
    }
}
