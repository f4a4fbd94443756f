package dev.bootproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bootproof.events.Access;
import dev.bootproof.events.Change;
import dev.bootproof.events.Firmware;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.Ledger;
import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Medium;
import dev.bootproof.events.Network;
import dev.bootproof.events.Plan;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a catalog can say beside the least. */
class WideCatalogTest {
    private static final String INSTALLER = """
            defaultPlan: installer
            plans:
              installer:
                recipe:
                  kind: disk
                  download:
                    url: https://example.org/installer.iso.xz
                    checksum: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                disks: [{name: target, sizeMiB: 8192}]
                network: restricted
                isolate: snapshot
                targets: [chat]
                phases:
                  - name: install
                    memoryMiB: 512
                    cpus: 2
                    bootTimeout: PT3M
                    firmware: bios
                    media: [{disk: image, drive: cdrom}, {disk: target}]
                    suites:
                      - {name: install, timeout: PT10M, step: command, command: install-os /dev/vda}
                  - name: installed
                    memoryMiB: 1024
                    cpus: 2
                    bootTimeout: PT3M
                    secureBoot: true
                    tpm: true
                    access: cloud-init
                    media: [{disk: target}]
                    suites:
                      - {name: again, timeout: PT3M, step: reboot}
                      - {name: smoke, timeout: PT5M, source: "git+https://example.org/suites@main#smoke", retries: 1}
                      - {name: outside, timeout: PT3M, place: beside}
                buildTimeout: PT5M
                maxWait: PT30M
            streams:
              - {image: "quay.io/org/os:stable", schedule: ["0 2 * * *"], platform: linux/amd64}
            pullRequests:
              - {repository: org/os, label: test me, image: "ghcr.io/org/os:pr-{number}", secret: github}
            targets:
              chat: {kind: webhook, url: "https://example.org/hook", secret: chat, on: change}
            knownFailures:
              - {pattern: "smoke: .*bluetooth", tracker: "https://example.org/1", until: 2026-12-31}
            newTests:
              - {pattern: "smoke: The clock", since: 2026-11-01}
            """;

    @TempDir
    Path directory;

    @Test
    void aPlanSaysWhichMachinesDisksAndStepsThereAre() {
        // When
        Plan plan = load(INSTALLER).plan("installer");
        // Then
        assertThat(plan.disks())
                .singleElement()
                .satisfies(disk -> assertThat(disk.recipe().sizeMiB()).isEqualTo(8192));
        MachinePlan install = plan.phases().getFirst().definition();
        assertThat(install.firmware()).isEqualTo(Firmware.BIOS);
        assertThat(install.media())
                .containsExactly(new Medium("image", Medium.Drive.CDROM), new Medium("target", Medium.Drive.DISK));
        MachinePlan installed = plan.phases().getLast().definition();
        assertThat(installed)
                .isEqualTo(new MachinePlan(
                        Firmware.UEFI,
                        true,
                        true,
                        Access.CLOUD_INIT,
                        List.of(new Medium("target", Medium.Drive.DISK))));
        assertThat(plan.phases().getLast().suites())
                .extracting(SuitePlan::kind)
                .containsExactly(SuitePlan.Step.REBOOT, SuitePlan.Step.SUITE, SuitePlan.Step.SUITE);
        assertThat(plan.reach()).isEqualTo(Network.RESTRICTED);
        assertThat(plan.isolation()).isEqualTo(Isolation.SNAPSHOT);
    }

    @Test
    void aPlanCarriesTheLedgerAndWhoIsTold() {
        // When
        Plan plan = load(INSTALLER).plan("installer");
        // Then
        assertThat(plan.forgiven().known()).extracting(Ledger.Known::until).containsExactly(LocalDate.of(2026, 12, 31));
        assertThat(plan.forgiven().fresh()).extracting(Ledger.Fresh::pattern).containsExactly("smoke: The clock");
        assertThat(plan.targets()).singleElement().isInstanceOfSatisfying(Target.class, target -> {
            assertThat(target.name()).isEqualTo("chat");
            assertThat(target.on()).isEqualTo(Target.On.CHANGE);
        });
    }

    @Test
    void aPullRequestsImageIsNamedByItsNumber() {
        // Given
        PullRequests requests = load(INSTALLER).pullRequests().getFirst();
        Change change = new Change("org/os", 42L, "0123456789abcdef0123456789abcdef01234567");
        // When
        var image = requests.imageOf(change);
        // Then
        assertThat(image).hasToString("ghcr.io/org/os:pr-42");
    }

    @Test
    void whatDoesNotFitTogetherIsNamedWithItsLine() {
        // Given
        String text = INSTALLER
                .replace(
                        "{disk: target}]\n        suites:\n          - {name: again",
                        "{disk: data}]\n        suites:\n          - {name: again")
                .replace("firmware: bios", "firmware: direct")
                .replace("name: outside", "name: console")
                .replace("targets: [chat]", "targets: [mail]")
                .replace("step: command, ", "")
                .replace(".*bluetooth", "(bluetooth")
                .replace("2026-12-31", "2026-02-31")
                .replace("disks: [{name: target, sizeMiB: 8192}]", "disks: [{name: image, sizeMiB: 8192}]");
        // When
        var loading = assertThatThrownBy(() -> load(text));
        // Then
        loading.asInstanceOf(type(BadCatalog.class))
                .satisfies(bad -> assertThat(bad.mistakes())
                        .extracting(mistake -> mistake.line() + " " + mistake.sentence())
                        .contains(
                                "9 there is a disk called image already: rename one",
                                "12 there is no target called mail: write it under targets",
                                "18 only a rootfs without layout has a kernel to boot directly: write uefi or bios",
                                "21 plans.installer.phases.0.suites.0 needs both step: command and a command, or"
                                        + " neither",
                                "29 the plan has no disk called data: it has image",
                                "33 the lab's own look at the console is called so: choose another name",
                                "43 2026-02-31 is no day: write one of the calendar, as in 2026-12-31"));
    }

    @Test
    void aTimeThatIsNoneIsNamedWithItsLine() {
        // Given
        String text = INSTALLER.replace("0 2 * * *", "0 25 * * *");
        // When
        var loading = assertThatThrownBy(() -> load(text));
        // Then
        loading.asInstanceOf(type(BadCatalog.class))
                .satisfies(bad -> assertThat(bad.mistakes()).singleElement().satisfies(mistake -> {
                    assertThat(mistake.line()).isEqualTo(37);
                    assertThat(mistake.sentence()).startsWith("\"0 25 * * *\" is no time as cron writes it");
                }));
    }

    private Catalog load(String text) {
        Path file = directory.resolve("catalog.yaml");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Catalog.load(file, Map.of());
    }
}
