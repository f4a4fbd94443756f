package dev.bootproof.events;

/**
 * Everything that a disk is made from. Two disks with the same inputs are the same disk.
 *
 * @param platformDigest the manifest that boots
 * @param image where it came from, with the digest
 * @param recipe how it was made
 * @param builder the version of the builder; raised whenever the same inputs give other bytes
 */
public record DiskInputs(Digest platformDigest, ImageRef image, Recipe recipe, String builder) {
    public DiskInputs {
        Required.fields("platformDigest", platformDigest, "image", image, "recipe", recipe, "builder", builder);
    }

    /** The name of the disk: a hash of all of it. */
    public String identity() {
        String all = String.join(
                "\n",
                platformDigest.value(),
                image.toString(),
                recipe.kind(),
                recipe.filesystem(),
                String.valueOf(recipe.sizeMiB()),
                String.join(" ", recipe.kernelArguments()),
                builder);
        return Digest.of(all).hex().substring(0, 32);
    }
}
