package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Milestone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consoles of real guests, as they were recorded, and what they show. */
class ConsoleReadingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aHealthyBootPassesItsMilestonesInOrder() {
        // Given
        String console = recorded("debian-12.log");
        // When
        Story story = told(console);
        // Then
        assertThat(story.milestones().stream().map(Milestone::name))
                .containsExactly(
                        Milestone.Name.STARTED,
                        Milestone.Name.FIRMWARE,
                        Milestone.Name.KERNEL,
                        Milestone.Name.USERSPACE,
                        Milestone.Name.TARGET);
        assertThat(story.trouble()).isNull();
        assertThat(story.power()).isEqualTo(Power.RUNNING);
    }

    @Test
    void aConsoleThatComesByteByByteShowsTheSame() {
        // Given
        String console = recorded("debian-12.log");
        ConsoleReading reading = new ConsoleReading();
        Story story = Story.started(NOW);
        // When
        for (int i = 0; i < console.length(); i++) {
            story = fold(story, reading, console.substring(i, i + 1));
        }
        // Then
        assertThat(story).isEqualTo(told(console));
    }

    @Test
    void aKernelThatFindsNoRootIsTheImagesFaultAndNamesTheLine() {
        // Given
        String console = recorded("no-root.log");
        // When
        Story story = told(console);
        // Then
        assertThat(story.power()).isEqualTo(Power.PANICKED);
        assertThat(story.trouble()).isNotNull().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(Fault.ROOT_NOT_FOUND);
            assertThat(trouble.evidence()).contains("root");
        });
    }

    @Test
    void emergencyModeNamesTheUnitThatFailed() {
        // Given
        String console = recorded("emergency.log");
        // When
        Story story = told(console);
        // Then
        assertThat(story.trouble()).isNotNull().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(Fault.EMERGENCY_MODE);
            assertThat(trouble.evidence()).contains("dev-vdz.device");
        });
    }

    @Test
    void aKernelThatTurnsTheMachineOffIsNotKilled() {
        // Given
        String console = "[    9.513011] reboot: Power down\n";
        // When
        Story story = told(console).after(new Signal.Gone("QEMU ended"), NOW);
        // Then
        assertThat(story.power()).isEqualTo(Power.OFF);
        assertThat(story.trouble()).isNotNull().extracting(Trouble::fault).isEqualTo(Fault.POWERED_OFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100 | KERNEL_PANIC",
                "[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0) | ROOT_NOT_FOUND",
                "ALERT!  /dev/vda does not exist.  Dropping to a shell! | ROOT_NOT_FOUND",
                "[  180.1] dracut-initqueue[300]: Warning: /dev/disk/by-uuid/1 does not exist | ROOT_NOT_FOUND",
                "Entering emergency mode. Exit the shell to continue. | ROOT_NOT_FOUND",
                "initramfs: no root device LABEL=root | ROOT_NOT_FOUND",
                "You are in emergency mode. After logging in, type \"journalctl -xb\" to view | EMERGENCY_MODE",
                "[  OK  ] Started emergency.service - Emergency Shell. | EMERGENCY_MODE",
                "[!!!!!!] Failed to start up manager, freezing.  systemd[1]: Freezing execution. | EMERGENCY_MODE",
            })
    void whatALineMeansIsDecidedByTheFaultTable(String line, Fault expected) {
        // Given
        Story before = Story.started(NOW);
        // When
        Story story = fold(before, new ConsoleReading(), line + "\r\n");
        // Then
        assertThat(story.trouble()).isNotNull().extracting(Trouble::fault).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[  OK  ] Reached target multi-user.target - Multi-User System.",
                "[\u001b[0;32m  OK  \u001b[0m] Reached target \u001b[0;1;39mGraphical Interface\u001b[0m.",
            })
    void theTargetIsReachedInEveryDress(String line) {
        // Given
        Story before = Story.started(NOW);
        // When
        Story story = fold(before, new ConsoleReading(), line + "\n");
        // Then
        assertThat(story.reached(Milestone.Name.TARGET)).isTrue();
    }

    @Test
    void aLoginPromptIsAReasonToKnockAndProvesNothing() {
        // Given
        Story before = Story.started(NOW);
        // When
        Story story = fold(before, new ConsoleReading(), "\r\ndemo login: ");
        // Then
        assertThat(story.reached(Milestone.Name.TARGET)).isFalse();
        assertThat(story.showsDoor()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001bc\u001b[?7l\u001b[2J\u001b[0mSeaBIOS (version 1.16.2-debian-1.16.2-1)",
                "BdsDxe: loading Boot0001 \"UEFI Misc Device\" from PciRoot(0x0)/Pci(0x3,0x0)",
                "Booting from DVD/CD...",
                "ISOLINUX 6.04 20200816 ETCD Copyright (C) 1994-2015 H. Peter Anvin et al",
                "Welcome to GRUB!",
                "EFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path",
            })
    void whatSpeaksBeforeTheKernelIsFirmware(String line) {
        // Given
        Story before = Story.started(NOW);
        // When
        Story story = fold(before, new ConsoleReading(), line + "\r\n");
        // Then
        assertThat(story.milestones())
                .extracting(Milestone::name)
                .containsExactly(Milestone.Name.STARTED, Milestone.Name.FIRMWARE);
    }

    /** As SeaBIOS 1.16.2 and OVMF 2022.11 of Debian 12 write them for an empty disk. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing-bios.log | No bootable device",
                "nothing-uefi.log | BdsDxe: failed to load Boot0001 \"UEFI Misc Device\"",
            })
    void aFirmwareThatFindsNothingToBootIsTheImagesFault(String console, String evidence) {
        // When
        Story story = told(recorded(console));
        // Then
        assertThat(story.trouble()).isNotNull().satisfies(trouble -> {
            assertThat(trouble.fault()).isEqualTo(Fault.NOTHING_TO_BOOT);
            assertThat(trouble.evidence()).contains(evidence);
        });
    }

    @Test
    void aShellOfTheGuestIsNoFirmwares() {
        // When
        Story story = told("[    0.000000] Linux version 6.1.0\nwelcome\nShell> ");
        // Then
        assertThat(story.trouble()).isNull();
    }

    @Test
    void aFloodOfAlmostPatternsIsReadInTime() {
        // Given
        String line = "dracut: ".repeat(150) + "Warning: ".repeat(150) + "Failed to mount ".repeat(60) + "\n";
        String flood = line.repeat((8 << 20) / line.length());
        // Then
        assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(told(flood).trouble()).isNull());
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        // Given
        String endless = "x".repeat(10_000_000);
        // When
        Story story = told(endless + "\n[    1.0] Linux version 6.1.0\n");
        // Then
        assertThat(story.reached(Milestone.Name.KERNEL)).isTrue();
    }

    private static Story told(String console) {
        return fold(Story.started(NOW), new ConsoleReading(), console);
    }

    private static Story fold(Story before, ConsoleReading reading, String characters) {
        Story story = before;
        for (Signal signal : reading.read(characters)) {
            story = story.after(signal, NOW);
        }
        return story;
    }

    private static String recorded(String name) {
        try (InputStream in =
                Objects.requireNonNull(ConsoleReadingTest.class.getResourceAsStream("/consoles/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
