package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.diskfile.DiskWriter;
import dev.bootproof.diskbuilder.diskfile.PublishedDisk;
import dev.bootproof.diskbuilder.diskfile.QemuImg;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Download;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes a disk as it is published, raw, qcow2 or ISO, from a registry or a URL, and changes nothing in it. */
@ApplicationScoped
class DiskFileRecipe implements DiskRecipe {
    /** Raised whenever the same file gives other bytes; its tools only unpack, so they do not matter. */
    private static final String VERSION = "disk-1";

    private final Images images;
    private final Downloads downloads;
    private final Programs programs;
    private final DiskBuilderConfig config;

    DiskFileRecipe(Images images, Downloads downloads, Programs programs, DiskBuilderConfig config) {
        this.images = images;
        this.downloads = downloads;
        this.programs = programs;
        this.config = config;
    }

    @Override
    public String kind() {
        return "disk";
    }

    @Override
    public String builder(Recipe planned) {
        return VERSION;
    }

    @Override
    public List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline) {
        return Judged.making(() -> {
            checked(inputs.recipe());
            DiskWriter writer =
                    new DiskWriter(directory, mostBytes(inputs.recipe()), new QemuImg(programs::qemuImg), deadline);
            read(inputs, deadline, writer);
            writer.finish(inputs.recipe().sizeMiB());
            return List.of();
        });
    }

    private void read(DiskInputs inputs, Deadline deadline, DiskWriter writer) throws IOException {
        Download download = inputs.recipe().download();
        if (download == null) {
            PublishedDisk.read(images, inputs.image().at(inputs.platformDigest()), deadline, writer);
            return;
        }
        downloads.use(download, deadline, bytes -> PublishedDisk.read(bytes, deadline, writer));
    }

    private long mostBytes(Recipe recipe) {
        return recipe.sizeMiB() > 0
                ? (long) recipe.sizeMiB() << 20
                : config.largestDisk().asLongValue();
    }

    private static void checked(Recipe recipe) throws Unsupported {
        if (recipe.layout() != null || !recipe.kernelArguments().isEmpty()) {
            throw new Unsupported(
                    "the disk recipe changes nothing in a published disk: leave layout and kernelArguments"
                            + " out of it");
        }
    }
}
