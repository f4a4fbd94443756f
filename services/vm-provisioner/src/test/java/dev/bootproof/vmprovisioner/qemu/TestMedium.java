package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Media that firmware boots: GRUB, a kernel, and an initramfs. */
final class TestMedium {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String NEEDS =
            "apt-get install grub-common grub-pc-bin grub-efi-amd64-bin xorriso mtools; it says: ";
    private static final int SECTORS = 131072;
    private static final String MENU = """
            set timeout=0
            linux /boot/vmlinuz console=ttyS0 loglevel=7
            initrd /boot/initrd
            boot
            """;

    private TestMedium() {}

    /** A CD-ROM that BIOS and UEFI boot. */
    static Path cdrom(Path directory, byte[] initrd) throws IOException {
        Path tree = tree(directory, initrd);
        Files.createDirectories(tree.resolve("boot/grub"));
        Files.writeString(tree.resolve("boot/grub/grub.cfg"), MENU);
        Path medium = directory.resolve("cdrom.iso");
        run(directory, "grub-mkrescue", "-o", medium.toString(), tree.toString());
        return medium;
    }

    /** A disk that UEFI boots: an EFI system partition with a loader where removable media have it. */
    static Path disk(Path directory, byte[] initrd) throws IOException {
        Path tree = tree(directory, initrd);
        Path menu = Files.writeString(directory.resolve("grub.cfg"), "search --file --set=root /boot/initrd\n" + MENU);
        Path loader = directory.resolve("BOOTX64.EFI");
        String modules = "--modules=part_msdos fat linux normal search search_fs_file";
        String config = "boot/grub/grub.cfg=" + menu;
        run(
                directory,
                "grub-mkstandalone",
                "-O",
                "x86_64-efi",
                modules,
                "--locales=",
                "--fonts=",
                "--themes=",
                "-o",
                loader.toString(),
                config);
        Path medium = directory.resolve("disk.raw");
        partitioned(medium);
        String partition = medium + "@@1M";
        String[] fat = {"mformat", "-i", partition, "-T", String.valueOf(SECTORS), "-h", "64", "-s", "32", "::"};
        run(directory, fat);
        run(directory, "mmd", "-i", partition, "::/EFI", "::/EFI/BOOT");
        run(directory, "mcopy", "-i", partition, loader.toString(), "::/EFI/BOOT/BOOTX64.EFI");
        run(directory, "mcopy", "-s", "-i", partition, tree.resolve("boot").toString(), "::/");
        return medium;
    }

    /** A master boot record with one EFI system partition, from the first MiB on (UEFI specification, 5.2). */
    private static void partitioned(Path medium) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        record.position(446);
        record.putInt(0x00020000).putInt(0xffffffef).putInt(2048).putInt(SECTORS);
        record.putShort(510, (short) 0xaa55);
        try (RandomAccessFile file = new RandomAccessFile(medium.toFile(), "rw")) {
            file.write(record.array());
            file.setLength((SECTORS + 2048L) * 512);
        }
    }

    private static Path tree(Path directory, byte[] initrd) throws IOException {
        Path tree = directory.resolve("tree");
        if (!Files.exists(tree)) {
            Files.createDirectories(tree.resolve("boot"));
            Files.copy(TestKernel.get(), tree.resolve("boot/vmlinuz"));
            Files.write(tree.resolve("boot/initrd"), initrd);
        }
        return tree;
    }

    private static void run(Path directory, String... command) {
        Tool made = Tool.run(directory, DEADLINE, new ArrayList<>(List.of(command)));
        assertThat(made.ok()).as(command[0] + ": " + NEEDS + made.output()).isTrue();
    }
}
