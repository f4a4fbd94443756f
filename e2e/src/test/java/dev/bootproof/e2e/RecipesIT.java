package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every way to make a disk and to boot it. What the machine is, commands in the guest tell: each must succeed. */
@Order(9)
@ExtendWith(LabExtension.class)
class RecipesIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String ROOTFS = """
            recipe:
              kind: rootfs
              filesystem: ext4
              sizeMiB: 2048
              kernelArguments: ["root=/dev/vda", "rw", "console=tty0", "console=ttyS0"]
            """;

    private final Lab lab;

    RecipesIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void up() {
        lab.up();
    }

    /** A phase with what the machine has and what must be true in the guest. */
    private static String phase(String machine, String... commands) {
        StringBuilder yaml = new StringBuilder("""
                buildTimeout: PT10M
                maxWait: PT30M
                phases:
                  - name: boot
                    memoryMiB: 768
                    cpus: 2
                    bootTimeout: PT5M
                """);
        yaml.append(machine.indent(4)).append("    suites:\n");
        for (int n = 0; n < commands.length; n++) {
            yaml.append(
                    "      - {name: fact-%d, timeout: PT1M, step: command, command: '%s'}%n".formatted(n, commands[n]));
        }
        return yaml.append("      - {name: system, timeout: PT5M}\n").toString();
    }

    private Run verdict(ImageRef image, String plan, String yaml) {
        lab.catalog().plan(plan, yaml);
        Run run = lab.awaitVerdict(lab.fire(image, plan).id(), LIMIT);
        lab.awaitNothingLeft(run.id());
        return run;
    }

    private void assertPassed(Run run) {
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
    }

    /** Where a TPM is, systemd measures into it each stage of the boot, with libraries that the demo OS does not have. */
    private Layout withoutMeasuring() {
        return lab.images().demo().with("without-measuring-" + System.nanoTime(), tar -> {
            Layer.link(tar, "etc/systemd/system/systemd-pcrphase.service", "/dev/null");
            Layer.link(tar, "etc/systemd/system/systemd-pcrphase-sysinit.service", "/dev/null");
        });
    }

    private static String download(String url, Digest checksum) {
        return "recipe: {kind: disk, download: {url: \"%s\", checksum: \"%s\"}}%n".formatted(url, checksum.value());
    }

    @Test
    void aRootfsWithAnEfiSystemPartitionBootsByUefiAndHasATpm() {
        // Given
        ImageRef image = lab.images().push(withoutMeasuring(), "gpt-os:latest");
        String recipe = ROOTFS.replace("root=/dev/vda", "root=LABEL=root") + "  layout: gpt\n";
        // When
        Run run = verdict(
                image,
                "rootfs-uefi",
                recipe
                        + phase(
                                "firmware: uefi\ntpm: true",
                                "test -d /sys/firmware/efi",
                                "test -e /dev/vda2",
                                "test -e /sys/class/tpm/tpm0"));
        // Then
        assertPassed(run);
    }

    @Test
    void aDownloadWithAnotherChecksumSaysWhatWasServed() {
        // Given
        Path file = lab.home().resolve("lab.json");
        Digest wrong = new Digest("sha256:" + "0".repeat(64));
        try (FileServer server = new FileServer(lab.home())) {
            // When
            Run run = verdict(
                    lab.images().named("forged:1"),
                    "forged",
                    download(server.url(file.getFileName().toString()), wrong) + phase("firmware: uefi"));
            // Then
            assertThat(run.verdict()).as(run.summary()).isEqualTo("errored");
            assertThat(run.fault()).isEqualTo("digest-mismatch");
            assertThat(run.reason()).contains(wrong.hex().substring(0, 12));
        }
    }

    @Test
    void aContainerImageIsNoDisk() {
        // Given
        ImageRef image = lab.images().push(lab.images().demo(), "no-disk:latest");
        // When
        Run run = verdict(image, "disk", "recipe: {kind: disk}\n" + phase("firmware: uefi"));
        // Then
        assertThat(run.verdict()).as(run.summary()).isEqualTo("skipped");
        assertThat(run.fault()).isEqualTo("unsupported");
        assertThat(run.reason()).contains("rootfs");
    }

    @Tag("slow")
    @Test
    void aDiskInARegistryBootsByItsOwnLoaderUnderSecureBootBesideAnEmptyOne() {
        // Given
        ImageRef image = lab.guests().push(lab.guests().file("disks", "uefi.raw.zst"), "uefi-disk:zst");
        // When
        Run run = verdict(
                image,
                "uefi-disk",
                "recipe: {kind: disk}\ndisks: [{name: second, sizeMiB: 64}]\n"
                        + phase(
                                "firmware: uefi\nsecureBoot: true\nmedia: [{disk: image}, {disk: second}]",
                                "test \"$(od -An -tu1 -j4 /sys/firmware/efi/efivars/SecureBoot-*)\" -eq 1",
                                "test $(cat /sys/class/block/vdb/size) -eq 131072",
                                "test $(cat /sys/class/block/vdb/serial) = second"));
        // Then
        assertPassed(run);
    }

    @Tag("slow")
    @Test
    void aQcow2DiskIsOneTooAndARestrictedNetworkReachesTheRegistryAlone() {
        // Given
        ImageRef image = lab.guests().push(lab.guests().file("disks", "uefi.qcow2"), "uefi-disk:qcow2");
        // When
        Run run = verdict(
                image,
                "qcow2-disk",
                "recipe: {kind: disk}\nnetwork: restricted\n"
                        + phase("firmware: uefi", "test -d /sys/firmware/efi")
                        + "      - {name: restricted, timeout: PT3M}\n");
        // Then
        assertPassed(run);
    }

    @Tag("slow")
    @Test
    void aDiskAtAnUrlIsFetchedCheckedAndBootedByBios() {
        // Given
        Path disk = lab.guests().file("disks", "bios.raw.xz");
        Digest checksum = GuestImages.digest(disk);
        try (FileServer server = new FileServer(lab.guests().directory("disks"))) {
            // When
            Run run = verdict(
                    lab.images().named("bios-disk:1"),
                    "bios-disk",
                    download(server.url("bios.raw.xz"), checksum)
                            + phase("firmware: bios", "test ! -d /sys/firmware/efi"));
            // Then
            assertPassed(run);
            assertThat(run.digest()).isEqualTo(checksum.value());
        }
    }

    @Tag("slow")
    @Test
    void cloudInitBringsTheKeysToAnImageThatTakesThemFromNobodyElse() {
        // Given
        ImageRef image = lab.images().push(lab.guests().layered("cloud-init"), "cloud-os:latest");
        // When
        Run run = verdict(
                image, "cloud-init", ROOTFS + phase("access: cloud-init", "cloud-init status --long | grep NoCloud"));
        // Then
        assertPassed(run);
        assertThat(run.firstPhase().path("wayIn").asText()).contains("cloud-init");
    }

    @Tag("slow")
    @Test
    void ignitionBringsTheKeysToAnImageThatTakesThemFromNobodyElse() {
        // Given
        ImageRef image = lab.images().push(lab.guests().layered("ignition"), "ignition-os:latest");
        // When
        Run run =
                verdict(image, "ignition", ROOTFS + phase("access: ignition", "systemctl is-active ignition.service"));
        // Then
        assertPassed(run);
        assertThat(run.firstPhase().path("wayIn").asText()).contains("Ignition");
    }
}
