package dev.bootproof.diskbuilder.diskfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestDisk;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.Digest;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedDiskTest {
    @TempDir
    Path directory;

    @Test
    void theDiskOfAnArtifactIsTheFileThatIsCalledSo() throws IOException {
        // Given
        Descriptor sums = file("SHA256SUMS", "text/plain");
        Descriptor disk = file("os.qcow2.XZ", "application/octet-stream");
        Descriptor typed = untitled("application/x-iso9660-image");

        // When
        Descriptor byName = DiskLayer.of(artifact(sums, disk));
        Descriptor byType = DiskLayer.of(artifact(sums, typed));
        Descriptor only = DiskLayer.of(artifact(sums));

        // Then
        assertThat(byName).isEqualTo(disk);
        assertThat(byType).isEqualTo(typed);
        assertThat(only).isEqualTo(sums);
    }

    @Test
    void anArtifactThatLeavesAChoiceIsUnsupportedAndNamesIt() {
        // Given
        ManifestView many = artifact(file("a.raw", "x/y"), file("b.iso", "x/y"));
        ManifestView none = artifact(file("README", "x/y"), untitled("text/html"));

        // When
        var two = assertThatThrownBy(() -> DiskLayer.of(many));
        var neither = assertThatThrownBy(() -> DiskLayer.of(none));
        var empty = assertThatThrownBy(() -> DiskLayer.of(artifact()));

        // Then
        two.isInstanceOf(Unsupported.class).hasMessageContaining("more than one disk: a.raw, b.iso");
        neither.isInstanceOf(Unsupported.class)
                .hasMessageContaining("README, text/html")
                .hasMessageContaining("name one");
        empty.hasMessageContaining("it has no files");
    }

    @Test
    void aContainerDiskIsTheOneFileInItsDirectory() throws IOException {
        // Given
        byte[] disk = TestDisk.raw(1 << 20);
        TestImage image = new TestImage()
                .gzip(new TestLayer()
                        .file("etc/passwd", "x")
                        .directory("disk/", 0755)
                        .file("disk/fedora.qcow2", TestDisk.qcow2(disk, directory), entry -> {}));

        // When
        read(image);

        // Then
        assertThat(directory.resolve("disk.raw")).hasBinaryContent(disk);
    }

    @Test
    void anImageWithoutADiskOrWithTwoIsUnsupported() {
        // Given
        byte[] disk = TestDisk.raw(1 << 20);
        TestImage application = new TestImage().gzip(new TestLayer().file("app/server", "x"));
        TestImage two = new TestImage()
                .plain(new TestLayer().file("disk/a.img", disk, entry -> {}).file("disk/b.img", disk, entry -> {}));

        // When
        var none = assertThatThrownBy(() -> read(application));
        var both = assertThatThrownBy(() -> read(two));

        // Then
        none.isInstanceOf(Unsupported.class)
                .hasMessageContaining("without a disk file in /disk")
                .hasMessageContaining("kind: rootfs");
        both.isInstanceOf(Unsupported.class).hasMessageContaining("/disk/a.img, /disk/b.img");
    }

    private void read(TestImage image) throws IOException {
        Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
        QemuImg qemu = new QemuImg(() -> Tool.find("qemu-img", "/usr/bin", "qemu-utils"));
        DiskWriter writer = new DiskWriter(directory, 8 << 20, qemu, later);
        PublishedDisk.read(image, image.ref, later, writer);
        writer.finish(0);
    }

    private static Descriptor file(String title, String type) {
        return new Descriptor(type, Digest.of(title), 1, null, null, Map.of(Descriptor.TITLE, title));
    }

    private static Descriptor untitled(String type) {
        return Descriptor.of(type, Digest.of(type), 1);
    }

    private static ManifestView artifact(Descriptor... layers) {
        return new ManifestView(
                Digest.of("m"),
                "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.example.disk",
                null,
                Stream.of(layers).toList(),
                List.of(),
                Map.of());
    }
}
