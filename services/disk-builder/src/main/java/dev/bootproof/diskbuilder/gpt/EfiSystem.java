package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The EFI system partition, written in its place on the disk: one program, where every UEFI looks for it. */
final class EfiSystem {
    private static final String AT = "@@" + Partitions.ESP_AT_MIB + "M";
    private static final String FIRST_SECTOR = String.valueOf(Partitions.ESP_AT_MIB * 2048);

    private final GptTools tools;
    private final Path directory;
    private final Deadline deadline;

    EfiSystem(GptTools tools, Path directory, Deadline deadline) {
        this.tools = tools;
        this.directory = directory;
        this.deadline = deadline;
    }

    void make(Path disk, Path kernel, int sizeMiB) throws IOException {
        List<String> format = List.of(
                "-F",
                "32",
                "-s",
                String.valueOf(sectorsPerCluster(sizeMiB)),
                "-n",
                "ESP",
                "--invariant",
                "--offset",
                FIRST_SECTOR,
                "-h",
                FIRST_SECTOR,
                disk.toString(),
                String.valueOf(sizeMiB * 1024));
        Failures.expectSuccess(tools.mkfsFat().run(format, directory, Map.of(), deadline));
        Map<String, String> fixed = Map.of("SOURCE_DATE_EPOCH", String.valueOf(GptDisk.MADE_AT));
        List<String> directories = List.of("-i", disk + AT, "::/EFI", "::/EFI/BOOT");
        Failures.expectSuccess(tools.mmd().run(directories, directory, fixed, deadline));
        List<String> copy = List.of("-m", "-i", disk + AT, kernel.toString(), "::/EFI/BOOT/BOOTX64.EFI");
        Failures.expectSuccess(tools.mcopy().run(copy, directory, fixed, deadline));
    }

    /** mkfs.vfat would choose it by the size of the whole disk; with less than 65525 clusters it would be no FAT32. */
    private static int sectorsPerCluster(int sizeMiB) {
        return sizeMiB <= 512 ? 1 : 8;
    }
}
