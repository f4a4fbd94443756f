package dev.bootproof.diskbuilder.diskfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestDisk;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the real qemu-img. */
class DiskWriterTest {
    private static final int SIZE = 3 << 20;
    private static final long MOST = 8L << 20;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private final byte[] disk = TestDisk.raw(SIZE);

    @Test
    void aDiskIsTheSameHoweverItIsPublished() throws IOException {
        // Given
        List<byte[]> published = List.of(
                disk,
                TestImage.gzipped(disk),
                TestDisk.xz(disk),
                TestDisk.bzip2(disk),
                TestDisk.zstd(disk),
                TestDisk.qcow2(disk, elsewhere),
                TestDisk.xz(TestDisk.qcow2(disk, elsewhere)));

        for (byte[] file : published) {
            // When
            write(file, 0);

            // Then
            assertThat(directory.resolve("disk.raw")).hasBinaryContent(disk);
            assertThat(names()).containsExactly("disk.raw");
            assertThat(allocated()).isLessThan(1 << 20);
        }
    }

    @Test
    void anIsoStaysAsItIs() throws IOException {
        // Given
        byte[] iso = TestDisk.iso(1 << 20);

        // When
        write(iso, 0);

        // Then
        assertThat(directory.resolve("disk.raw")).hasBinaryContent(iso);
    }

    @Test
    void aDiskGrowsToTheSizeOfItsPlanAndToWholeSectors() throws IOException {
        // Given
        byte[] odd = Arrays.copyOf(disk, SIZE + 100);

        // When
        write(disk, 7);
        long grown = Files.size(directory.resolve("disk.raw"));
        write(odd, 0);

        // Then
        assertThat(grown).isEqualTo(7 << 20);
        assertThat(Files.size(directory.resolve("disk.raw"))).isEqualTo(SIZE + 512);
    }

    @Test
    void whatUnpacksForEverIsStopped() {
        // Given
        byte[] zeros = new byte[200 << 20];
        zeros[510] = 0x55;
        zeros[511] = (byte) 0xaa;
        byte[] bomb = TestDisk.zstd(zeros);

        // When
        var writing = assertThatThrownBy(() -> write(bomb, 0));

        // Then
        writing.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
            assertThat(e.evidence()).contains("more than 8 MiB", "sizeMiB", "disk-builder.largest-disk");
        });
    }

    @Test
    void aQcow2ThatSaysItIsHugeIsNotConverted() throws IOException {
        // Given
        Path huge = elsewhere.resolve("huge.qcow2");
        TestDisk.qemuImg(elsewhere, "create", "-q", "-f", "qcow2", huge.toString(), "1T");

        // When
        var writing = assertThatThrownBy(() -> write(Files.readAllBytes(huge), 0));

        // Then
        writing.isInstanceOfSatisfying(
                StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE));
        assertThat(names()).doesNotContain("disk.raw");
    }

    @Test
    void aQcow2ThatNamesAnotherFileIsRefused() throws IOException {
        // Given
        Files.write(elsewhere.resolve("secret"), disk);
        String backing = elsewhere.resolve("backing.qcow2").toString();
        String data = elsewhere.resolve("data.qcow2").toString();
        TestDisk.qemuImg(elsewhere, "create", "-q", "-f", "qcow2", "-F", "raw", "-b", "secret", backing);
        TestDisk.qemuImg(elsewhere, "create", "-q", "-f", "qcow2", "-o", "data_file=data", data, "1M");

        // When
        var backed = assertThatThrownBy(() -> write(Files.readAllBytes(Path.of(backing)), 0));
        var split = assertThatThrownBy(() -> write(Files.readAllBytes(Path.of(data)), 0));

        // Then
        backed.isInstanceOf(Unsupported.class).hasMessageContaining("backing file");
        split.isInstanceOf(Unsupported.class).hasMessageContaining("in another file");
    }

    @Test
    void whatIsBrokenIsTheImagesFault() {
        // Given
        byte[] xz = TestDisk.xz(disk);
        byte[] qcow2 = TestDisk.qcow2(disk, elsewhere);
        byte[] header = Arrays.copyOf(qcow2, 20);
        byte[] clusters = qcow2.clone();
        clusters[23] = 63;

        // When
        var truncated = assertThatThrownBy(() -> write(Arrays.copyOf(xz, xz.length / 2), 0));
        var cut = assertThatThrownBy(() -> write(header, 0));
        var nonsense = assertThatThrownBy(() -> write(clusters, 0));

        // Then
        truncated.isInstanceOf(UnreadableImage.class).hasMessageContaining("cannot be unpacked");
        cut.isInstanceOf(UnreadableImage.class).hasMessageContaining("ends in its header");
        nonsense.isInstanceOf(UnreadableImage.class).hasMessageContaining("luster");
    }

    @Test
    void whatIsNoDiskIsSaidToBeWhatItIs() {
        // Given
        byte[] page = "<!doctype html>".getBytes(StandardCharsets.UTF_8);
        byte[] archive = new TestLayer().file("disk.raw", "x").bytes();
        byte[] vmdk = "KDMV and more".getBytes(StandardCharsets.UTF_8);
        byte[] twice = TestImage.gzipped(TestDisk.xz(disk));

        // Then
        refused(page, "neither qcow2 nor an ISO");
        refused(new byte[SIZE], "neither a boot sector nor a partition table");
        refused(archive, "a tar archive: publish a raw, qcow2 or ISO file");
        refused(TestImage.gzipped(archive), "a tar archive");
        refused(vmdk, "a VMware disk");
        refused(twice, "packed twice");
    }

    private void refused(byte[] file, String because) {
        assertThatThrownBy(() -> write(file, 0)).isInstanceOf(Unsupported.class).hasMessageContaining(because);
    }

    private void write(byte[] file, int sizeMiB) throws IOException {
        Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
        QemuImg qemu = new QemuImg(() -> Tool.find("qemu-img", "/usr/bin", "qemu-utils"));
        DiskWriter writer = new DiskWriter(directory, MOST, qemu, later);
        PublishedDisk.read(new ByteArrayInputStream(file), later, writer);
        writer.finish(sizeMiB);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private long allocated() throws IOException {
        Process du = new ProcessBuilder(
                        "du", "--block-size=1", directory.resolve("disk.raw").toString())
                .start();
        String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(said.substring(0, said.indexOf('\t')));
    }
}
