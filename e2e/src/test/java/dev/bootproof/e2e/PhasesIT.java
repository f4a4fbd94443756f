package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.e2e.OtlpSink.Span;
import dev.bootproof.events.ImageRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs of several machines, and machines that boot several times. */
@Order(10)
@Tag("slow")
@ExtendWith(LabExtension.class)
class PhasesIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Lab lab;

    PhasesIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    private Run verdict(ImageRef image, String plan, String yaml) {
        lab.catalog().plan(plan, yaml);
        Run run = lab.awaitVerdict(lab.fire(image, plan).id(), LIMIT);
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        lab.awaitNothingLeft(run.id());
        return run;
    }

    @Test
    void anInstallerInstallsToAnEmptyDiskWhichBootsByItself() {
        // Given
        ImageRef image = lab.guests().push(lab.guests().file("installer-iso", "installer.iso"), "installer:latest");
        // When
        Run run = verdict(image, "installer", """
                recipe: {kind: disk}
                disks: [{name: target, sizeMiB: 2048}]
                buildTimeout: PT10M
                maxWait: PT30M
                phases:
                  - name: install
                    memoryMiB: 512
                    cpus: 2
                    bootTimeout: PT5M
                    firmware: bios
                    media: [{disk: image, drive: cdrom}, {disk: target}]
                    suites:
                      - {name: live, timeout: PT3M}
                      - {name: enospc, timeout: PT5M}
                      - {name: install, timeout: PT10M, step: command, command: install-os /dev/vda}
                  - name: installed
                    memoryMiB: 1024
                    cpus: 2
                    bootTimeout: PT5M
                    firmware: uefi
                    media: [{disk: target}]
                    suites:
                      - {name: installed, timeout: PT5M}
                      - {name: system, timeout: PT5M}
                """);
        // Then
        assertThat(run.suite(0, "enospc").path("counts").path("passed").asInt()).isEqualTo(2);
        assertThat(run.suite(0, "live").path("counts").path("passed").asInt()).isEqualTo(3);
        assertThat(run.suite(1, "installed").path("counts").path("passed").asInt())
                .isEqualTo(6);
        assertShownApart(run);
    }

    /** Page and trace show a machine beside a machine. */
    private void assertShownApart(Run run) {
        String page = lab.web().text("/runs/" + run.id());
        assertThat(page).contains("Phase “install”", "Phase “installed”", "512 MiB", "1 GiB");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<Span> spans = lab.sink().of(run.id());
            assertThat(spans.stream().filter(span -> span.service().equals("vm-provisioner")))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(spans.stream().filter(span -> span.service().equals("test-runner")))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(spans.stream().map(Span::trace).distinct()).hasSize(1);
        });
    }

    @Test
    void anImageModeSystemDeploysRestartsRollsBackAndRestarts() {
        // Given
        lab.suites().alias("deployment", List.of("deployment-1", "deployment-2", "deployment-1-again"));
        ImageRef image = lab.guests().push(lab.guests().file("ostree-disk", "disk.raw.zst"), "image-mode:latest");
        // When
        Run run = verdict(image, "image-mode", """
                recipe: {kind: disk}
                buildTimeout: PT10M
                maxWait: PT30M
                phases:
                  - name: upgrade
                    memoryMiB: 1024
                    cpus: 2
                    bootTimeout: PT5M
                    firmware: uefi
                    suites:
                      - {name: deployment-1, timeout: PT5M}
                      - {name: deploy, timeout: PT5M, step: command, command: ostree admin deploy --os=demo demo/os/2}
                      - {name: into-the-new, timeout: PT5M, step: reboot}
                      - {name: deployment-2, timeout: PT5M}
                      - {name: roll-back, timeout: PT5M, step: command, command: rollback}
                      - {name: into-the-old, timeout: PT5M, step: reboot}
                      - {name: deployment-1-again, timeout: PT5M}
                      - {name: system, timeout: PT5M}
                """);
        // Then
        assertThat(run.firstPhase().path("suites"))
                .as("eight steps, and the look at the console")
                .hasSize(9)
                .allSatisfy(step -> assertThat(step.path("verdict").asText()).isEqualTo("passed"));
        String said = lab.web().text("/runs/" + run.id() + "/evidence/steps/roll-back/output.txt");
        assertThat(said).contains("the next boot is");
    }
}
