package dev.bootproof.janitor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.janitor.FakeMachine;
import dev.bootproof.janitor.Holding;
import dev.bootproof.janitor.Inventory;
import dev.bootproof.janitor.Inventory.Removal;
import dev.bootproof.janitor.Inventory.Unreadable;
import dev.bootproof.janitor.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInventoryTest {
    private final RunId run = Samples.run();

    @TempDir
    Path directory;

    @Test
    void aMachineOfTheLabIsFoundAndKilled() throws IOException {
        // Given
        LocalInventory inventory = inventory(Path.of("/proc"));
        try (FakeMachine machine = new FakeMachine(run, home())) {
            // When
            List<Removal> removals = removeAll(inventory);

            // Then
            assertThat(removals).containsExactly(new Removal.Gone("machine bootproof-" + run + "-p0", 0));
            assertThat(machine.runs()).isFalse();
            assertThat(inventory.of(run)).isEmpty();
        }
    }

    @Test
    void aTpmThatOutlivedItsMachineIsFoundAndKilled() throws IOException {
        // Given
        LocalInventory inventory = inventory(Path.of("/proc"));
        Path state = home().resolve("runs").resolve(run.value()).resolve("p1/tpm");
        Process tpm = new ProcessBuilder(
                        "sh", "-c", "read x", "swtpm", "socket", "--tpmstate", "dir=" + state + ",mode=0600")
                .start();
        try {
            // When
            List<Removal> removals = removeAll(inventory);

            // Then
            assertThat(removals).containsExactly(new Removal.Gone("machine bootproof-" + run + "-p1 (TPM)", 0));
            assertThat(tpm.isAlive()).isFalse();
        } finally {
            tpm.destroyForcibly();
        }
    }

    @Test
    void aMachineOfAnotherLabIsNotSeen() throws IOException {
        // Given
        try (FakeMachine other = new FakeMachine(run, Path.of(home() + "-other"))) {
            // When
            List<Holding> holdings = inventory(Path.of("/proc")).of(run);

            // Then
            assertThat(holdings).isEmpty();
            assertThat(other.runs()).isTrue();
        }
    }

    @Test
    void aRunsDirectoryGoesAndWhatItLinksToStays() throws IOException {
        // Given
        LocalInventory inventory = inventory(Path.of("/proc"));
        Path kept = Files.writeString(directory.resolve("kept"), "kept");
        Path phase = Files.createDirectories(
                home().resolve("runs").resolve(run.value()).resolve("p0"));
        Files.createSymbolicLink(phase.resolve("link"), kept);
        Files.createSymbolicLink(phase.resolve("up"), directory);
        Files.write(phase.resolve("disk"), new byte[3 << 20]);
        Files.setPosixFilePermissions(phase, PosixFilePermissions.fromString("r-xr-xr-x"));

        // When
        List<Removal> removals = removeAll(inventory);

        // Then
        assertThat(removals).singleElement().isInstanceOfSatisfying(Removal.Gone.class, gone -> {
            assertThat(gone.words()).isEqualTo("directory runs/" + run + " (3 MiB)");
            assertThat(gone.bytes()).isGreaterThan(3 << 20);
        });
        assertThat(kept).hasContent("kept");
        assertThat(inventory.of(run)).isEmpty();
    }

    @Test
    void aDirectoryThatIsNoRunIsAStranger() throws IOException {
        // Given
        LocalInventory inventory = inventory(Path.of("/proc"));
        Files.createDirectories(home().resolve("runs").resolve("lost+found"));

        // When
        List<String> strangers = inventory.look().strangers();

        // Then
        assertThat(strangers).containsExactly("runs/lost+found");
    }

    @Test
    void whatOthersKeepInTheHomeIsNoRunsAndNoStranger() throws IOException {
        // Given
        LocalInventory inventory = inventory(Path.of("/proc"));
        Files.createDirectories(home().resolve("runs"));
        for (String name : List.of("downloads", "suites-cache", "secrets", "some-day-0123456789ab")) {
            Files.createDirectories(home().resolve(name).resolve(run.value()));
        }

        // When
        Inventory.Found found = inventory.look();

        // Then
        assertThat(found.holdings()).isEmpty();
        assertThat(found.strangers()).isEmpty();
    }

    @Test
    void whatCannotBeLookedAtIsUnreadable() throws IOException {
        // Given
        LocalInventory blind = inventory(directory.resolve("no-proc"));
        LocalInventory homeless =
                new LocalInventory(new LocalLab(directory.resolve("gone")), Path.of("/proc"), Duration.ofSeconds(5));

        // When, then
        assertThatThrownBy(blind::look).isInstanceOf(Unreadable.class).hasMessageContaining("cannot be looked at");
        assertThatThrownBy(homeless::look).isInstanceOf(Unreadable.class).hasMessageContaining("gone");
    }

    private List<Removal> removeAll(LocalInventory inventory) {
        return inventory.of(run).stream().map(inventory::remove).toList();
    }

    private Path home() throws IOException {
        return Files.createDirectories(directory.resolve("lab"));
    }

    private LocalInventory inventory(Path proc) throws IOException {
        return new LocalInventory(new LocalLab(home()), proc, Duration.ofSeconds(5));
    }
}
