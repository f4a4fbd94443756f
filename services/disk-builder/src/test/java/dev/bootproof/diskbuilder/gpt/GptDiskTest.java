package dev.bootproof.diskbuilder.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.TestImage;
import dev.bootproof.diskbuilder.TestLayer;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.diskbuilder.ext4.E2fsprogs;
import dev.bootproof.diskbuilder.ext4.Ext4Image;
import dev.bootproof.diskbuilder.rootfs.Rootfs;
import dev.bootproof.diskbuilder.rootfs.Spool;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Recipe;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the real tools, and looked at with others than those that made it where there are others. */
class GptDiskTest {
    private static final Path STUB = Path.of("/usr/lib/systemd/boot/efi/linuxx64.efi.stub");
    private static final String PATH = "/usr/bin:/bin";
    private static final int SECTOR = 512;

    @TempDir
    Path host;

    private final Deadline later = Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    private final byte[] kernel = noise(300_000);
    private final byte[] initramfs = noise(5_000_000);

    @Test
    void itHasAnEfiSystemPartitionWithOneProgramAndARoot() throws IOException {
        // Given
        Path disk = host.resolve("disk.raw");

        // When
        make(disk, image(), STUB, 2048, "root=LABEL=root", "rw");

        // Then
        JsonNode table = EventJson.mapper()
                .readTree(said("sfdisk", "-J", disk.toString()))
                .path("partitiontable");
        assertThat(table.path("label").asText()).isEqualTo("gpt");
        assertThat(table.path("partitions")).hasSize(2);
        JsonNode root = table.path("partitions").path(1);
        assertThat(root.path("type").asText()).isEqualTo("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709");
        assertThat(root.path("name").asText()).isEqualTo("root");
        long offset = root.path("start").asLong() * SECTOR;
        assertThat(said("e2fsck", "-fn", disk + "?offset=" + offset)).contains("root: ");
        assertThat(said("debugfs", "-R", "cat /usr/share/marker", disk + "?offset=" + offset))
                .contains("here");
        assertThat(said("mdir", "-b", "-/", "-i", disk + "@@1M")).contains("::/EFI/BOOT/BOOTX64.EFI");
        esp(disk, table.path("partitions").path(0));
        assertThat(said("fsck.vfat", "-n", host.resolve("esp").toString())).contains("esp: 4 files");
        assertThat(said("sfdisk", "--verify", disk.toString())).contains("No errors detected");
    }

    @Test
    void theProgramIsTheStubWithTheImagesOwnKernel() throws IOException {
        // Given
        Path disk = host.resolve("disk.raw");

        // When
        make(disk, image(), STUB, 128, "root=/dev/vda2", "console=ttyS0");

        // Then
        assertThat(section(disk, ".linux")).startsWith(kernel);
        assertThat(section(disk, ".initrd")).startsWith(initramfs);
        assertThat(new String(section(disk, ".cmdline"), StandardCharsets.UTF_8))
                .startsWith("root=/dev/vda2 console=ttyS0");
        assertThat(new String(section(disk, ".osrel"), StandardCharsets.UTF_8)).startsWith("ID=test");
    }

    @Test
    void withoutARootInThePlanItIsFoundByItsPartition() throws IOException {
        // Given
        Path disk = host.resolve("disk.raw");

        // When
        make(disk, image(), STUB, 128, "quiet");

        // Then
        JsonNode table = EventJson.mapper().readTree(said("sfdisk", "-J", disk.toString()));
        String uuid = table.path("partitiontable")
                .path("partitions")
                .path(1)
                .path("uuid")
                .asText()
                .toLowerCase(Locale.ROOT);
        assertThat(new String(section(disk, ".cmdline"), StandardCharsets.UTF_8))
                .startsWith("root=PARTUUID=" + uuid + " quiet");
    }

    @Test
    void theSameImageGivesTheSameBytes() throws Exception {
        // Given
        Path first = host.resolve("first.raw");
        Path second = host.resolve("second.raw");

        // When
        make(first, image(), STUB, 128, "quiet");
        make(second, image(), STUB, 128, "quiet");

        // Then
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @Test
    void theImagesOwnStubIsPreferred() throws IOException {
        // Given
        TestImage image = image().plain(new TestLayer()
                .file("usr/lib/systemd/boot/efi/linuxx64.efi.stub", Files.readAllBytes(STUB), entry -> {}));
        Path disk = host.resolve("disk.raw");

        // When
        make(disk, image, Path.of("/nowhere"), 128, "quiet");

        // Then
        assertThat(section(disk, ".linux")).startsWith(kernel);
    }

    @Test
    void whatIsMissingOrDoesNotFitIsSaid() {
        // Given
        Path disk = host.resolve("disk.raw");

        // When
        var noStub = assertThatThrownBy(() -> make(disk, image(), Path.of("/nowhere"), 128, "quiet"));
        var small = assertThatThrownBy(() -> make(disk, image(), STUB, 70, "quiet"));

        // Then
        noStub.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.TOOL_MISSING);
            assertThat(e.evidence()).contains("apt-get install systemd-boot-efi");
        });
        small.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.IMAGE_TOO_LARGE);
            assertThat(e.evidence()).contains("EFI system partition of 64 MiB, the disk has 70");
        });
    }

    private void make(Path disk, TestImage image, Path stub, int sizeMiB, String... arguments) throws IOException {
        Path contents = Files.createTempDirectory(host, "contents");
        Rootfs rootfs = Rootfs.unpack(image, image.ref, new Spool(contents, 1L << 30), later);
        Recipe recipe = new Recipe("rootfs", "ext4", sizeMiB, List.of(arguments), Recipe.GPT, null);
        DiskInputs inputs = new DiskInputs(image.digest(), image.ref, recipe, "1");
        E2fsprogs programs = E2fsprogs.find("mkfs.ext4", "debugfs", "e2fsck", PATH, host, later);
        Ext4Image ext4 = new Ext4Image(programs, contents, later);
        new GptDisk(GptTools.find(PATH, stub), ext4, contents, later).make(disk, rootfs.tree(), inputs);
    }

    private TestImage image() {
        return new TestImage()
                .plain(new TestLayer()
                        .file("usr/lib/modules/6.1.0/vmlinuz", kernel, entry -> {})
                        .file("usr/lib/modules/6.1.0/initramfs.img", initramfs, entry -> {})
                        .file("usr/lib/os-release", "ID=test\n")
                        .symlink("etc/os-release", "../usr/lib/os-release")
                        .file("usr/share/marker", "here"));
    }

    private byte[] section(Path disk, String name) throws IOException {
        Path program = host.resolve("program.efi");
        Files.deleteIfExists(program);
        said("mcopy", "-i", disk + "@@1M", "::/EFI/BOOT/BOOTX64.EFI", program.toString());
        Path out = host.resolve("section");
        Path copy = host.resolve("copy.efi");
        said("objcopy", "--dump-section", name + "=" + out, program.toString(), copy.toString());
        return Files.readAllBytes(out);
    }

    private void esp(Path disk, JsonNode partition) throws IOException {
        try (InputStream bytes = Files.newInputStream(disk)) {
            bytes.skipNBytes(partition.path("start").asLong() * SECTOR);
            Files.write(
                    host.resolve("esp"), bytes.readNBytes(partition.path("size").asInt() * SECTOR));
        }
    }

    private String said(String program, String... arguments) throws IOException {
        Tool.Result result =
                Tool.find(program, PATH, "the package of " + program).run(List.of(arguments), host, Map.of(), later);
        String said = Files.readString(result.out(), StandardCharsets.ISO_8859_1);
        assertThat(result.exit()).as(program + ": " + said + result.said()).isZero();
        return said;
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }
}
