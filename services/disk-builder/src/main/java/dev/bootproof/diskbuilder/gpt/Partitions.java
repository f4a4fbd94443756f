package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.Tool;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is where on the disk: a MiB for the table, the EFI system partition, the root, a MiB for the copy of the table.
 * The types are those of UEFI and of the UAPI group's "Discoverable Partitions Specification".
 *
 * @param sizeMiB the size of the disk
 * @param espMiB the size of the EFI system partition
 * @param identity what the GUIDs derive from
 */
record Partitions(int sizeMiB, int espMiB, String identity) {
    static final int ESP_AT_MIB = 1;

    private static final String ESP_TYPE = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private static final String ROOT_TYPE = "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709";
    private static final int SECTORS_PER_MIB = 2048;
    private static final int LEAST_ESP_MIB = 64;
    private static final int LEAST_ROOT_MIB = 8;

    /**
     * The partitions of a disk of this size whose EFI system partition holds a file of so many bytes.
     *
     * @throws StageFault image-too-large
     */
    static Partitions of(int sizeMiB, long bytes, String identity) {
        int kernel = (int) Math.ceilDiv(bytes, 1L << 20);
        int esp = Math.max(LEAST_ESP_MIB, kernel + kernel / 32 + 8);
        Partitions partitions = new Partitions(sizeMiB, esp, identity);
        if (partitions.rootMiB() < LEAST_ROOT_MIB) {
            throw new StageFault(
                    Fault.IMAGE_TOO_LARGE,
                    "its kernel and initramfs need an EFI system partition of " + esp + " MiB, the disk has "
                            + sizeMiB);
        }
        return partitions;
    }

    int rootAtMiB() {
        return ESP_AT_MIB + espMiB;
    }

    int rootMiB() {
        return sizeMiB - rootAtMiB() - 1;
    }

    /** What the kernel calls the root of such a disk: {@code PARTUUID}. */
    static UUID root(String identity) {
        return uuid(identity, "root");
    }

    /** Writes the table. */
    void write(Tool sfdisk, Path disk, Path directory, Deadline deadline) throws IOException {
        Path script = Files.writeString(directory.resolve("sfdisk.script"), """
                label: gpt
                label-id: %s
                unit: sectors
                start=%d, size=%d, type=%s, uuid=%s, name="esp"
                start=%d, size=%d, type=%s, uuid=%s, name="root"
                """.formatted(
                        uuid(identity, "disk"),
                        ESP_AT_MIB * SECTORS_PER_MIB,
                        espMiB * SECTORS_PER_MIB,
                        ESP_TYPE,
                        uuid(identity, "esp"),
                        (long) rootAtMiB() * SECTORS_PER_MIB,
                        (long) rootMiB() * SECTORS_PER_MIB,
                        ROOT_TYPE,
                        root(identity)));
        List<String> arguments = List.of("-q", "--no-reread", "--no-tell-kernel", "--wipe", "never", disk.toString());
        Failures.expectSuccess(sfdisk.reading(script).run(arguments, directory, Map.of(), deadline));
    }

    /** Version 8 of RFC 9562: 122 bits of our own choice. */
    private static UUID uuid(String identity, String of) {
        ByteBuffer hash = ByteBuffer.wrap(
                HexFormat.of().parseHex(Digest.of(identity + " " + of).hex()));
        long high = (hash.getLong() & ~0xf000L) | 0x8000L;
        long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low);
    }
}
