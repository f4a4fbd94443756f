package dev.bootproof.janitor.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import dev.bootproof.events.LocalLab;
import dev.bootproof.janitor.DiskStore.GoldenDisk;
import dev.bootproof.janitor.Inventory.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDisksTest {
    private static final Instant USED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest BOOTS = Digest.of("boots");

    @TempDir
    Path home;

    private LocalLab lab;
    private LocalDisks disks;

    @BeforeEach
    void make() throws IOException {
        lab = new LocalLab(home);
        disks = new LocalDisks(lab, Clock.systemUTC());
        Files.createDirectories(lab.disk("golden"));
        Files.write(lab.disk("golden").resolve("disk.raw"), new byte[1 << 20]);
        Files.writeString(described(), "{\"inputs\":{\"platformDigest\":\"" + BOOTS + "\"},\"samples\":[]}");
        Files.setLastModifiedTime(described(), FileTime.from(USED));
        Files.createDirectories(lab.disk("unfinished"));
    }

    @Test
    void aDiskSaysWhatItBootsAndWhenItWasUsed() {
        // When
        var found = disks.disks();

        // Then
        assertThat(found).singleElement().satisfies(disk -> {
            assertThat(disk.platformDigest()).isEqualTo(BOOTS);
            assertThat(disk.since()).isEqualTo(USED);
            assertThat(disk.bytes()).isGreaterThan(1 << 20);
        });
    }

    @Test
    void aDiskIsRemovedWholeAndSaysWhatThatFreed() {
        // Given
        GoldenDisk disk = disks.disks().getFirst();

        // When
        Removal removal = disks.remove(disk);

        // Then
        assertThat(removal).isEqualTo(new Removal.Gone("disk golden", disk.bytes()));
        assertThat(lab.disk("golden")).doesNotExist();
        assertThat(lab.work()).isEmptyDirectory();
    }

    @Test
    void aDiskThatWasUsedMeanwhileStays() throws IOException {
        // Given
        GoldenDisk disk = disks.disks().getFirst();
        Files.setLastModifiedTime(described(), FileTime.from(USED.plusSeconds(1)));

        // When
        Removal removal = disks.remove(disk);

        // Then
        assertThat(removal).isInstanceOf(Removal.Left.class);
        assertThat(lab.disk("golden")).exists();
    }

    @Test
    void whatAKilledJanitorTookOutIsRemovedInTheNextRound() throws IOException {
        // Given
        Files.createDirectories(lab.work().resolve("half-built"));
        Files.move(lab.disk("golden"), lab.work().resolve("removed-golden"));

        // When
        var removals = disks.finish();

        // Then
        assertThat(removals).singleElement().isInstanceOfSatisfying(Removal.Gone.class, gone -> {
            assertThat(gone.words()).isEqualTo("disk golden");
            assertThat(gone.bytes()).isGreaterThan(1 << 20);
        });
        assertThat(lab.work()).isDirectoryContaining(path -> path.endsWith("half-built"));
        assertThat(lab.work().resolve("removed-golden")).doesNotExist();
    }

    private Path described() {
        return lab.disk("golden").resolve("disk.json");
    }
}
