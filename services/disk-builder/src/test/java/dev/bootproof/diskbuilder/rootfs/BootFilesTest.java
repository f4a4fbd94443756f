package dev.bootproof.diskbuilder.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFilesTest {
    @TempDir
    Path host;

    @Test
    void theNewestKernelThatHasAnInitramfsBoots() throws IOException {
        // Given
        Rootfs rootfs = unpack(new TestLayer()
                .file("usr/lib/modules/6.9.1/vmlinuz", "old")
                .file("usr/lib/modules/6.9.1/initramfs.img", "old")
                .file("usr/lib/modules/6.10.0/vmlinuz", "new")
                .file("boot/initrd-6.10.0", "new initrd")
                .symlink("usr/lib/modules/6.10.0/initrd", "../../../../boot/initrd-6.10.0")
                .file("usr/lib/modules/6.11.0/vmlinuz", "without initramfs"));

        // When
        BootFiles files = BootFiles.of(rootfs.tree());

        // Then
        assertThat(host.resolve(files.kernel().content())).hasContent("new");
        assertThat(host.resolve(files.initramfs().content())).hasContent("new initrd");
    }

    @Test
    void anImageWithoutKernelIsUnsupported() throws IOException {
        // Given
        Rootfs rootfs = unpack(new TestLayer().file("usr/bin/x", ""));

        // When
        var search = assertThatThrownBy(() -> BootFiles.of(rootfs.tree()));

        // Then
        search.isInstanceOf(Unsupported.class)
                .hasMessageStartingWith("no kernel under /usr/lib/modules: ")
                .hasMessageContaining("write kind: disk");
    }

    @Test
    void versionsAreComparedAsNumbers() {
        // Given
        List<String> versions = List.of("6.1.0-9-amd64", "6.1.0-30-amd64", "5.99", "6.1.0-30-cloud-amd64");

        // When
        List<String> sorted = versions.stream().sorted(BootFiles.newestFirst()).toList();

        // Then
        assertThat(sorted).containsExactly("6.1.0-30-cloud-amd64", "6.1.0-30-amd64", "6.1.0-9-amd64", "5.99");
    }

    @Test
    void samplesAreTheSameEachTimeAndIncludeTheTopLayer() throws IOException {
        // Given
        TestLayer low = new TestLayer()
                .file("etc/no", "changes at run time")
                .file("usr/lib/__pycache__/no.pyc", "changes at run time")
                .file("usr/empty", "");
        for (int i = 0; i < 300; i++) {
            low.file("usr/share/f" + i, "content " + i);
        }
        TestImage image = new TestImage().plain(low).gzip(new TestLayer().file("usr/bin/top", "top"));
        Rootfs rootfs = unpack(image);

        // When
        List<Sample> samples = SampleChoice.of(rootfs, image.digest());

        // Then
        assertThat(samples).hasSize(16).contains(new Sample("/usr/bin/top", Digest.of("top")));
        assertThat(samples)
                .extracting(Sample::path)
                .allMatch(path -> path.startsWith("/usr/"))
                .isSorted();
        assertThat(samples).extracting(Sample::path).noneMatch(path -> path.contains("__pycache__"));
        assertThat(samples).isEqualTo(SampleChoice.of(unpack(image), image.digest()));
    }

    private Rootfs unpack(TestLayer layer) throws IOException {
        return unpack(new TestImage().plain(layer));
    }

    private Rootfs unpack(TestImage image) throws IOException {
        Files.createDirectories(host);
        Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
        return Rootfs.unpack(image, image.ref, new Spool(host, 1L << 30), later);
    }
}
