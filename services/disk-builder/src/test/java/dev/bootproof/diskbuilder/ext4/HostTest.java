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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the host gives and does not give: rights, and room. Both need root to be tried, the second to mount a tmpfs. */
class HostTest {
    private static final String IDENTITY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path host;

    private final Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Test
    @EnabledIf("isRoot")
    void anOrdinaryUserMakesTheSameBytesAsRoot() throws IOException {
        // Given
        open(host);
        E2fsprogs asRoot = E2fsprogs.find("mkfs.ext4", "debugfs", "e2fsck", "", host, later);
        E2fsprogs asNobody =
                new E2fsprogs(asNobody("mkfs.ext4"), asNobody("debugfs"), asNobody("e2fsck"), asRoot.version());

        // When
        Path byRoot = make(asRoot, "root");
        Path byNobody = make(asNobody, "nobody");

        // Then
        assertThat(Files.getOwner(byNobody).getName()).isEqualTo("nobody");
        assertThat(Files.mismatch(byRoot, byNobody)).isEqualTo(-1);
    }

    @Test
    @EnabledIf("isRoot")
    void aFullDiskIsTheLabsFault() throws IOException {
        // Given
        Path small = Files.createDirectory(host.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString());
        try {
            E2fsprogs programs = E2fsprogs.find("mkfs.ext4", "debugfs", "e2fsck", "", host, later);
            Rootfs large = unpack(noise(4 << 20), host);
            Rootfs fits = unpack(new byte[100], host.resolve("empty"));
            Path disk = small.resolve("disk");

            // When
            var spooling = assertThatThrownBy(() -> unpack(noise(4 << 20), small));
            var making = assertThatThrownBy(() -> new Ext4Image(programs, host.resolve("empty"), later)
                    .make(Place.whole(disk, 64), fits.tree().root(), IDENTITY));
            var filling = assertThatThrownBy(() -> new Ext4Image(programs, host, later)
                    .make(Place.whole(disk, 16), large.tree().root(), IDENTITY));

            // Then
            for (var each : List.of(spooling, making, filling)) {
                each.isInstanceOfSatisfying(
                        StageFault.class,
                        e -> assertThat(e.fault()).as(e.evidence()).isEqualTo(Fault.DISK_FULL));
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private Path make(E2fsprogs programs, String name) throws IOException {
        Path contents = open(Files.createDirectory(host.resolve(name)));
        TestImage image = new TestImage()
                .plain(new TestLayer()
                        .file("usr/bin/su", "x", 04755)
                        .file("etc/shadow", new byte[10], entry -> entry.setIds(0, 42)));
        Rootfs rootfs = Rootfs.unpack(image, image.ref, new Spool(contents, 1L << 30), later);
        Path disk = contents.resolve("disk.raw");
        new Ext4Image(programs, contents, later)
                .make(Place.whole(disk, 16), rootfs.tree().root(), IDENTITY);
        return disk;
    }

    private Rootfs unpack(byte[] content, Path contents) throws IOException {
        Files.createDirectories(contents);
        TestImage image = new TestImage().plain(new TestLayer().file("usr/file", content, entry -> {}));
        return Rootfs.unpack(image, image.ref, new Spool(contents, 1L << 30), later);
    }

    private Tool asNobody(String program) throws IOException {
        Path script = host.resolve(program);
        Files.writeString(
                script,
                "#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/sbin/" + program
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Tool(script);
    }

    private static Path open(Path directory) throws IOException {
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void run(String program, String... arguments) {
        Tool.Result result =
                Tool.find(program, "/usr/bin:/bin", "util-linux").run(List.of(arguments), host, Map.of(), later);
        assertThat(result.exit()).as(program).isZero();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
