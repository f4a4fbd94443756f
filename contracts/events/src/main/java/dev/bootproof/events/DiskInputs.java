package dev.bootproof.events;

import java.util.ArrayList;
import java.util.List;

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
        List<String> all = new ArrayList<>(List.of(
                platformDigest.value(),
                image.toString(),
                recipe.kind(),
                recipe.filesystem(),
                String.valueOf(recipe.sizeMiB()),
                String.join(" ", recipe.kernelArguments()),
                builder));
        if (recipe.layout() != null) {
            all.add("layout " + recipe.layout());
        }
        Download download = recipe.download();
        if (download != null) {
            all.add("download " + download.checksum());
        }
        return Digest.of(String.join("\n", all)).hex().substring(0, 32);
    }
}
