package dev.bootproof.events;

import java.util.List;

/**
 * How an image becomes a disk.
 *
 * @param kind which way; {@code rootfs} unpacks the layers onto a filesystem and boots the image's own kernel directly
 * @param filesystem what the root filesystem is; {@code ext4}
 * @param sizeMiB the size of the disk in MiB, which is sparse
 * @param kernelArguments the kernel command line
 */
public record Recipe(String kind, String filesystem, int sizeMiB, List<String> kernelArguments) {
    public Recipe {
        Required.fields("kind", kind, "filesystem", filesystem, "kernelArguments", kernelArguments);
        kernelArguments = List.copyOf(kernelArguments);
    }
}
