package dev.bootproof.testrunner.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.testrunner.console.Accident.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLookTest {
    private static final Accidents TABLE = Accidents.table();

    @Test
    void aHealthyBootShowsNoAccidentAndNothingToNote() {
        assertThat(look(recorded("debian-12.log"))).isEmpty();
    }

    @Test
    void aBootThatEndedInEmergencyModeSaysSoAndWhy() {
        assertThat(look(recorded("emergency.log")))
                .extracting(sighting -> sighting.accident().id())
                .contains("emergency-mode", "unit-failed");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsSeenAsItsRowAndNoOtherThatFails(String example) {
        // Given
        String id = example.substring(0, example.indexOf(' '));

        // When
        List<Accident> seen = look(example.substring(id.length() + 1)).stream()
                .map(Sighting::accident)
                .toList();

        // Then
        assertThat(seen).extracting(Accident::id).containsExactly(id);
    }

    @Test
    void everyRowHasAnExampleASentenceAndALink() {
        assertThat(TABLE.rows()).extracting(Accident::id).doesNotHaveDuplicates();
        assertThat(examples())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsAll(TABLE.rows().stream().map(Accident::id).toList());
        assertThat(TABLE.rows()).allSatisfy(row -> {
            assertThat(row.link()).hasScheme("https");
            assertThat(row.means()).isNotBlank();
            if (row.severity() == Severity.FAILS) {
                assertThat(row.test())
                        .matches("[A-Z].{10,70}|XFS finds no error|btrfs .*|ext4 .*|squashfs .*|systemd .*");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    0.000000] Command line: root=/dev/vda panic=-1 rd.emergency=reboot x=\"Kernel panic - not syncing\"",
                "[    0.000000] Kernel command line: systemd.wants=\"You are in emergency mode\"",
                "[    0.100000] [Firmware Bug]: TSC not synchronous to P0 through P1",
                "[    0.100000] ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.PCI0], AE_NOT_FOUND",
                "BdsDxe: failed to load Boot0001 \"UEFI QEMU DVD-ROM\" from PciRoot(0x0): Not Found",
                "[    0.100000] mce: CPU0: Thermal monitoring enabled (TM1)",
                "[    0.100000] MCE: In-kernel MCE decoding enabled.",
                "[  OK  ] Reached target emergency-cleanup.target",
                "[    5.000000] EXT4-fs (vda): mounted filesystem with ordered data mode. Quota mode: none.",
                "[    5.000000] XFS (vda3): Ending clean mount",
                "[    5.000000] XFS (vda3): Unmounting Filesystem 5b1c",
                "[    5.000000] BTRFS info (device vda3): using crc32c (crc32c-intel) checksum algorithm",
                "[    5.000000] systemd[1]: Listening on systemd-oomd.socket - Userspace Out-Of-Memory (OOM) Killer Socket.",
                "[  OK  ] Started systemd-oomd.service - Userspace Out-Of-Memory (OOM) Killer.",
                "[    5.000000] audit: type=1404 audit(1700000000.1:2): enforcing=1 old_enforcing=0",
                "[    5.000000] watchdog: watchdog0: watchdog did not stop!",
                "demo-os login: root",
                "the suite says: kernel BUG at nowhere",
            })
    void whatAHealthyMachineSaysIsNoAccident(String line) {
        assertThat(look(line)).isEmpty();
    }

    @Test
    void aLineIsShownWithItsPlaceItsContextAndHowOften() {
        // When
        Sighting seen = look("""
                        one
                        two
                        \u001b[31mthree\u001b[0m
                        [    1.000000] Oops: 0000 [#1] SMP\r
                        five
                        six
                        seven
                        [    2.000000] Oops: 0000 [#2] SMP
                        """).iterator().next();

        // Then
        assertThat(seen.message()).isEqualTo("""
                        [    1.000000] Oops: 0000 [#1] SMP (2 lines of it)
                        console.log:4, the kernel did something forbidden and went on without the part that did, \
                        see https://docs.kernel.org/admin-guide/bug-hunting.html

                        two
                        three
                        [    1.000000] Oops: 0000 [#1] SMP
                        five
                        six""");
    }

    @Test
    void ofAJournalOnlyTheKernelsLinesCountAndOnlyWhatTheConsoleDidNotShow() {
        // Given
        ConsoleLook look = new ConsoleLook(TABLE);

        // When
        look.atConsole("console.log", "[    1.000000] Oops: 0000 [#1] SMP");
        look.atJournal("journal.txt", """
                Nov 20 10:30:00.123456 demo run-suite[812]: Kernel panic - not syncing: a joke
                Nov 20 10:30:00.123456 demo kernel: Oops: 0000 [#1] SMP
                Nov 20 10:30:00.123456 demo kernel: EXT4-fs error (device vda): x
                """);

        // Then
        assertThat(look.sightings())
                .extracting(
                        sighting -> sighting.file() + " " + sighting.accident().id())
                .containsExactly("console.log kernel-oops", "journal.txt ext4-error");
    }

    @Test
    void aConsoleOfMiBsOfNonsenseIsReadInSeconds() {
        // Given
        String line = "[    1.000000] " + "a.b/c: BUG task x[1]: ".repeat(40) + "\n";

        // When
        Collection<Sighting> seen = look(line.repeat((4 << 20) / line.length()) + "[    1.000000] Oops: 0000 [#1] SMP");

        // Then
        assertThat(seen).hasSize(1);
    }

    static List<String> examples() {
        return recorded("accidents.txt").lines().toList();
    }

    private static Collection<Sighting> look(String console) {
        ConsoleLook look = new ConsoleLook(TABLE);
        look.atConsole("console.log", console);
        return look.sightings();
    }

    private static String recorded(String name) {
        try (InputStream in =
                Objects.requireNonNull(ConsoleLookTest.class.getResourceAsStream("/consoles/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
