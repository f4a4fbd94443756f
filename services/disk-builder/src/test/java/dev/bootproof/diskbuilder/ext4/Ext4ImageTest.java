package dev.bootproof.diskbuilder.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.rootfs.Rootfs;
import dev.bootproof.diskbuilder.rootfs.Spool;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the real mkfs.ext4, debugfs and e2fsck. */
class Ext4ImageTest {
    private static final String IDENTITY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path host;

    private final Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    private E2fsprogs programs;

    @BeforeEach
    void find() {
        programs = E2fsprogs.find("mkfs.ext4", "debugfs", "e2fsck", "", host, later);
    }

    @Test
    void everythingOfATreeIsInTheImage() throws IOException {
        // Given
        byte[] acl = {1, 0, (byte) 0xff, '\n', (byte) 0x80};
        TestImage image = new TestImage()
                .plain(new TestLayer()
                        .directory("./", 0750)
                        .directory("tmp/", 01777)
                        .file("usr/bin/su do \"it\"", "hello", 04755)
                        .file("<5>", "odd")
                        .file("-f", "odd")
                        .file("#x", "odd")
                        .file("back\\slash", "odd")
                        .file("gr\u00fc\u00dfe", "odd")
                        .hardLink("usr/bin/other name", "usr/bin/su do \"it\"")
                        .symlink("-l", "-t a\"rget")
                        .symlink("long", "t".repeat(1000))
                        .pax("SCHILY.xattr.user.binary", acl)
                        .file("owned", new byte[0], entry -> entry.setIds(70_000, 80_000))
                        .file("epoch", new byte[0], entry -> entry.setModTime(0))
                        .file("future", new byte[0], entry -> entry.setModTime(5_000_000_000_000L))
                        .device("dev/null", TarConstants.LF_CHR, 1, 3)
                        .device("dev/disk", TarConstants.LF_BLK, 259, 300)
                        .fifo("run/pipe"));

        // When
        Path disk = make("a", image, 32);

        // Then
        assertThat(debugfs(disk, "stat /")).contains("Mode:  0750");
        assertThat(debugfs(disk, "stat /tmp")).contains("Mode:  01777");
        assertThat(debugfs(disk, "cat \"/usr/bin/other name\"")).contains("hello");
        assertThat(debugfs(disk, "stat \"/usr/bin/su do \"\"it\"\"\""))
                .contains("Mode:  04755")
                .contains("Links: 2")
                .contains("mtime: 0x5f5e1000")
                .contains("crtime: 0x5f5e1000");
        assertThat(debugfs(disk, "ls /")).contains("<5>", "-f", "#x", "back\\x5cslash", "-l", "lost+found");
        assertThat(debugfs(disk, "stat \"/gr\u00fc\u00dfe\"")).contains("Type: regular");
        assertThat(debugfs(disk, "stat ./-l")).contains("Fast link dest: \"-t a\"rget\"");
        assertThat(debugfs(disk, "stat /long")).contains("Size: 1000");
        assertThat(debugfs(disk, "stat /owned")).contains("User: 70000").contains("Group: 80000");
        assertThat(debugfs(disk, "stat /owned")).contains("user.binary (5) = 01 00 ff 0a 80");
        assertThat(debugfs(disk, "stat /epoch")).contains("mtime: 0x00000000:").contains("ctime: 0x00000000:");
        assertThat(debugfs(disk, "stat /future")).contains("2128");
        assertThat(debugfs(disk, "stat /dev/null")).contains("Mode:  0620").contains("major/minor number: 01:03");
        assertThat(debugfs(disk, "stat /dev/disk")).contains("block special").contains("259:300");
        assertThat(debugfs(disk, "stat /run/pipe")).contains("Type: FIFO");
    }

    @Test
    void twoBuildsAreTheSameBytes() throws IOException {
        // Given
        Path first = make("a", manyFiles(), 64);

        // When
        Path second = make("b", manyFiles(), 64);

        // Then
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        assertThat(Files.size(first)).isEqualTo(64L << 20);
    }

    @Test
    void aFullImageIsTooLarge() {
        // Given
        TestImage obvious = new TestImage().gzip(new TestLayer().file("big", new byte[17 << 20], entry -> {}));
        TestImage onlyDebugfsKnows = new TestImage().plain(new TestLayer().file("big", noise(15 << 20), entry -> {}));

        // When
        var images = Stream.of(obvious, onlyDebugfsKnows);

        // Then
        assertThat(images)
                .allSatisfy(image -> assertThatThrownBy(() -> make("x" + image.hashCode(), image, 16))
                        .isInstanceOfSatisfying(
                                StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE)));
    }

    @Test
    void aMissingContentIsATheToolsFailureWithItsLine() throws IOException {
        // Given
        TestImage image = new TestImage().plain(new TestLayer().file("a", "x"));
        Path contents = Files.createDirectories(host.resolve("contents"));
        Rootfs rootfs = Rootfs.unpack(image, image.ref, new Spool(contents, 1L << 30), later);
        Files.delete(contents.resolve("f0"));

        // When
        var making = assertThatThrownBy(() -> new Ext4Image(programs, contents, later)
                .make(Place.whole(host.resolve("disk"), 16), rootfs.tree().root(), IDENTITY));

        // Then
        making.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.TOOL_FAILED);
            assertThat(e.evidence())
                    .isEqualTo("debugfs: do_write_internal: No such file or directory while opening \"f0\" to copy");
        });
    }

    @Test
    void aMissingToolNamesWhatToInstall() {
        // Given
        String name = "mkfs.nosuchfs";

        // When
        var search = assertThatThrownBy(() -> Tool.find(name, "/usr/bin", "e2fsprogs"));

        // Then
        search.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.TOOL_MISSING);
            assertThat(e.evidence()).contains("apt-get install e2fsprogs");
        });
    }

    @Test
    void aToolThatTakesTooLongIsKilled() {
        // Given
        Tool sleep = Tool.find("sleep", "/usr/bin", "coreutils");
        Deadline soon = Deadline.in(Duration.ofMillis(50), Clock.systemUTC());

        // When
        var run = assertThatThrownBy(() -> sleep.run(List.of("60"), host, Map.of(), soon));

        // Then
        run.isInstanceOfSatisfying(StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUILD_TIMEOUT));
        assertThat(ProcessHandle.current().children().flatMap(child -> child.info().command().stream()))
                .noneMatch(command -> command.endsWith("/sleep"));
    }

    private Path make(String name, TestImage image, int sizeMiB) throws IOException {
        Path contents = Files.createDirectories(host.resolve(name));
        Path disk = host.resolve(name + ".raw");
        Rootfs rootfs = Rootfs.unpack(image, image.ref, new Spool(contents, 1L << 30), later);
        new Ext4Image(programs, contents, later)
                .make(Place.whole(disk, sizeMiB), rootfs.tree().root(), IDENTITY);
        return disk;
    }

    private String debugfs(Path disk, String request) throws IOException {
        Tool.Result result = programs.debugfs().run(List.of("-R", request, disk.toString()), host, Map.of(), later);
        try (Stream<String> lines = Files.lines(result.out(), StandardCharsets.ISO_8859_1)) {
            return lines.collect(Collectors.joining("\n"));
        }
    }

    private static TestImage manyFiles() {
        TestLayer layer = new TestLayer();
        for (int i = 0; i < 1000; i++) {
            layer.file("usr/share/" + i % 7 + "/file " + i, "content " + i, i % 2 == 0 ? 0644 : 0600);
        }
        return new TestImage().zstd(layer).gzip(new TestLayer().file("usr/share/.wh.3", ""));
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new java.util.Random(1).nextBytes(noise);
        return noise;
    }
}
