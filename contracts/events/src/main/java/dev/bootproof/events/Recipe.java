package dev.bootproof.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an image becomes a disk.
 *
 * @param kind which way; {@code rootfs} unpacks the layers onto a filesystem, {@code disk} takes a raw, qcow2 or ISO
 *     file as it is published, {@code blank} is an empty disk
 * @param filesystem what the root filesystem of {@code rootfs} is; {@code none} for the others
 * @param sizeMiB the size of the disk in MiB, which is sparse; 0 is the size of the published file
 * @param kernelArguments the kernel command line of {@code rootfs}
 * @param layout {@code gpt}: partitions, an EFI system partition with a unified kernel image, and the root; null: the
 *     filesystem alone, whose kernel is booted directly
 * @param download where a {@code disk} is published, if not in the registry of the image
 */
public record Recipe(
        String kind,
        String filesystem,
        int sizeMiB,
        List<String> kernelArguments,
        @Nullable String layout,
        @Nullable Download download) {
    /** The layout with a partition table and an EFI system partition. */
    public static final String GPT = "gpt";

    public Recipe {
        Required.fields("kind", kind, "filesystem", filesystem, "kernelArguments", kernelArguments);
        kernelArguments = List.copyOf(kernelArguments);
    }

    /** A recipe without partitions, of an image in a registry. */
    public Recipe(String kind, String filesystem, int sizeMiB, List<String> kernelArguments) {
        this(kind, filesystem, sizeMiB, kernelArguments, null, null);
    }

    /** An empty disk. */
    public static Recipe blank(int sizeMiB) {
        return new Recipe("blank", "none", sizeMiB, List.of());
    }
}
