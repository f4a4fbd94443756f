package dev.bootproof.diskbuilder.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootfsTest {
    private static final Deadline LATER = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());

    @TempDir
    Path host;

    @Test
    void laterLayersReplaceAddAndHide() throws IOException {
        // Given
        TestImage image = new TestImage()
                .zstd(new TestLayer()
                        .file("etc/keep", "1")
                        .file("etc/change", "old")
                        .file("etc/remove", "x"))
                .gzip(new TestLayer()
                        .file("etc/change", "new")
                        .file("etc/.wh.remove", "")
                        .file("etc/add", "3"))
                .plain(new TestLayer().file("./usr/bin/x", "4"));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).containsExactly("etc/add", "etc/change", "etc/keep", "usr/bin/x");
        assertThat(content(tree, "/etc/change")).isEqualTo("new");
    }

    @Test
    void anOpaqueDirectoryHidesLowerLayersOnly() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().file("d/low", "").file("d/sub/low", ""))
                .plain(new TestLayer().file("d/high", "").file("d/sub/high", "").file("d/.wh..wh..opq", ""));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).containsExactly("d/high", "d/sub/high");
    }

    @Test
    void aWhiteoutHidesNothingOfItsOwnLayer() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().file("a", "old").file("d/low", ""))
                .plain(new TestLayer()
                        .file("a", "new")
                        .file(".wh.a", "")
                        .file(".wh.d", "")
                        .file("d/high", "")
                        .file(".wh..wh.plnk", ""));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).containsExactly("a", "d/high");
        assertThat(content(tree, "/a")).isEqualTo("new");
    }

    @Test
    void directoriesBecomeFilesAndFilesDirectories() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().file("a/b", "").file("c", "").file("e", ""))
                .plain(new TestLayer().file("a", "file").directory("c/", 0700).file("e/f", ""));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).containsExactly("a", "e/f");
        assertThat(tree.find("/c").orElseThrow().attributes().mode()).isEqualTo(0700);
    }

    @Test
    void aLaterLayerWritesThroughASymlinkedParent() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer()
                        .directory("usr/bin/", 0755)
                        .symlink("bin", "usr/bin")
                        .symlink("absolute", "/usr/bin")
                        .symlink("dangling", "var/new"))
                .plain(new TestLayer().file("bin/x", "").file("absolute/y", "").file("dangling/z", ""));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).contains("usr/bin/x", "usr/bin/y", "var/new/z");
        assertThat(tree.root().child("bin")).isInstanceOf(Node.Symlink.class);
    }

    @Test
    void aDirectoryEntryReplacesASymlinkAsInAContainer() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().directory("usr/bin/", 0755).symlink("bin", "usr/bin"))
                .plain(new TestLayer().directory("bin/", 0755).file("bin/x", ""));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).containsExactly("bin/x");
    }

    @Test
    void hostilePathsStayInsideTheImage() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer()
                        .file("../../a", "")
                        .file("/b", "")
                        .file("x/../../c", "")
                        .symlink("out", "../../../../" + host)
                        .file("out/d", "")
                        .hardLink("e", "../../../../a"));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(paths(tree)).contains("a", "b", "c", "e", host.toString().substring(1) + "/d");
        try (Stream<Path> files = Files.list(host)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.matches("f\\d+"));
        }
    }

    @Test
    void aHardLinkSharesAFileOfALowerLayer() throws IOException {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().file("a", "shared").symlink("s", "a"))
                .plain(new TestLayer().hardLink("b", "a").hardLink("t", "s"))
                .plain(new TestLayer().file("a", "own"));

        // When
        Tree tree = unpack(image);

        // Then
        assertThat(content(tree, "/b")).isEqualTo("shared");
        assertThat(content(tree, "/a")).isEqualTo("own");
        assertThat(tree.root().child("t")).isSameAs(tree.root().child("s"));
    }

    @Test
    void attributesAreKeptToTheBit() throws IOException {
        // Given
        byte[] binary = {1, 0, (byte) 0xff, '\n', (byte) 0x80};
        TestImage image = new TestImage()
                .plain(new TestLayer()
                        .pax("SCHILY.xattr.security.capability", binary)
                        .file("su", "content".getBytes(StandardCharsets.UTF_8), entry -> {
                            entry.setMode(04755);
                            entry.setIds(70_000, 3_000_000);
                            entry.setModTime(5_000_000_000_000L);
                        })
                        .file("long/" + "n".repeat(200), "")
                        .file("gr\u00fc\u00dfe", ""));

        // When
        Tree tree = unpack(image);

        // Then
        Attributes attributes = tree.find("/su").orElseThrow().attributes();
        assertThat(attributes.mode()).isEqualTo(04755);
        assertThat(attributes.uid()).isEqualTo(70_000);
        assertThat(attributes.gid()).isEqualTo(3_000_000);
        assertThat(attributes.mtime()).isEqualTo(5_000_000_000L);
        assertThat(attributes.xattrs().get("security.capability")).isEqualTo(binary);
        assertThat(paths(tree)).contains("long/" + "n".repeat(200));
        String bytes = new String("gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(tree.find("/" + bytes)).isPresent();
    }

    @Test
    void aLayerThatUnpacksToOtherBytesThanTheConfigSaysIsRefused() {
        // Given
        TestImage image = new TestImage().add(new TestLayer().file("a", "").bytes(), Digest.of("something else"));

        // When
        var unpacking = assertThatThrownBy(() -> unpack(image));

        // Then
        unpacking.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.DIGEST_MISMATCH);
            assertThat(e.evidence()).contains("unpacks to").contains("the config says");
        });
    }

    @Test
    void brokenLayersAreTheImagesFault() {
        // Given
        byte[] tar = new TestLayer().file("a", "content").bytes();
        byte[] garbage = "no tar archive, but as long as one header ".repeat(20).getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(tar, 515);
        byte[] cutGzip = Arrays.copyOf(TestImage.gzipped(tar), 60);

        // When
        var broken = Stream.of(garbage, cut, cutGzip).map(bytes -> new TestImage().add(bytes, Digest.of(bytes)));

        // Then
        assertThat(broken)
                .allSatisfy(image -> assertThatThrownBy(() -> unpack(image))
                        .isInstanceOf(UnreadableImage.class)
                        .hasMessageContaining("layer sha256:"));
    }

    @Test
    void whatIsNotForThisLabIsUnsupported() {
        // Given
        TestImage image = new TestImage().plain(new TestLayer().file("a", ""));
        image.architecture = "arm64";

        // When
        var unpacking = assertThatThrownBy(() -> unpack(image));

        // Then
        unpacking.isInstanceOf(Unsupported.class).hasMessageContaining("linux/arm64");
    }

    @Test
    void aNameWithALineBreakIsUnsupported() {
        // Given
        TestImage image = new TestImage().plain(new TestLayer().file("a\nb", ""));

        // When
        var unpacking = assertThatThrownBy(() -> unpack(image));

        // Then
        unpacking.isInstanceOf(Unsupported.class).hasMessageContaining("line break");
    }

    @Test
    void symlinksInACircleAreTheImagesFault() {
        // Given
        TestImage image = new TestImage()
                .plain(new TestLayer().symlink("a", "b").symlink("b", "a").file("a/c", ""));

        // When
        var unpacking = assertThatThrownBy(() -> unpack(image));

        // Then
        unpacking.isInstanceOf(UnreadableImage.class).hasMessageContaining("round in circles");
    }

    @Test
    void anImageThatUnpacksWithoutEndIsTooLarge() throws IOException {
        // Given
        TestImage image = new TestImage().gzip(new TestLayer().file("zeros", new byte[1 << 20], entry -> {}));
        Spool spool = new Spool(host, 1000);

        // When
        var unpacking = assertThatThrownBy(() -> Rootfs.unpack(image, image.ref, spool, LATER));

        // Then
        unpacking.isInstanceOfSatisfying(
                StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE));
    }

    private Tree unpack(TestImage image) throws IOException {
        return Rootfs.unpack(image, image.ref, new Spool(host, 1L << 30), LATER).tree();
    }

    private String content(Tree tree, String path) throws IOException {
        Node.RegularFile file = (Node.RegularFile) tree.find(path).orElseThrow();
        return Files.readString(host.resolve(file.content()));
    }

    private static Set<String> paths(Tree tree) {
        return files(tree.root(), "").collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> files(Directory directory, String path) {
        return directory.entries().entrySet().stream().flatMap(entry -> switch (entry.getValue()
                .node()) {
            case Directory below -> files(below, path + entry.getKey() + "/");
            case Node.RegularFile _, Node.Device _, Node.Fifo _ -> Stream.of(path + entry.getKey());
            case Node.Symlink _ -> Stream.of();
        });
    }
}
