package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.ext4.Ext4Image;
import dev.bootproof.diskbuilder.ext4.Place;
import dev.bootproof.diskbuilder.gpt.GptDisk;
import dev.bootproof.diskbuilder.rootfs.BootFiles;
import dev.bootproof.diskbuilder.rootfs.Rootfs;
import dev.bootproof.diskbuilder.rootfs.SampleChoice;
import dev.bootproof.diskbuilder.rootfs.Spool;
import dev.bootproof.diskbuilder.rootfs.Tree;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Sample;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks the layers onto an ext4 filesystem without touching them otherwise. The image's own kernel and initramfs lie
 * beside it, to be booted directly, or on an EFI system partition of the same disk.
 */
@ApplicationScoped
class RootfsRecipe implements DiskRecipe {
    /** Raised whenever the same image gives other bytes. */
    private static final String VERSION = "rootfs-1";

    /** The same for a disk with partitions. */
    private static final String GPT_VERSION = "rootfs-gpt-1";

    /** How much more than the disk the layers may unpack to, because upper ones hide files of lower ones. */
    private static final int MOST_HIDDEN = 4;

    private final Images images;
    private final Programs programs;
    private final MeterRegistry metrics;

    RootfsRecipe(Images images, Programs programs, MeterRegistry metrics) {
        this.images = images;
        this.programs = programs;
        this.metrics = metrics;
    }

    @Override
    public String kind() {
        return "rootfs";
    }

    @Override
    public String builder(Recipe planned) {
        String ext4 = " e2fsprogs-" + programs.find().version();
        return planned.layout() == null ? VERSION + ext4 : GPT_VERSION + ext4 + " " + programs.gptVersions();
    }

    @Override
    public List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline) {
        return Judged.making(() -> {
            check(inputs.recipe());
            return unpackAndFill(inputs, directory, deadline);
        });
    }

    private static void check(Recipe recipe) throws Unsupported {
        if (!recipe.filesystem().equals("ext4")) {
            throw new Unsupported("the rootfs recipe makes ext4, not " + recipe.filesystem());
        }
        if (recipe.layout() != null && !recipe.layout().equals(Recipe.GPT)) {
            throw new Unsupported("the rootfs recipe knows the layout gpt, not " + recipe.layout());
        }
        if (recipe.download() != null) {
            throw new Unsupported("the rootfs recipe takes an image with layers from a registry: of what is downloaded"
                    + " write kind: disk in the recipe");
        }
    }

    private List<Sample> unpackAndFill(DiskInputs inputs, Path directory, Deadline deadline) throws IOException {
        Path contents = Files.createDirectory(directory.resolve("contents"));
        Spool spool = new Spool(contents, MOST_HIDDEN * ((long) inputs.recipe().sizeMiB() << 20));
        Rootfs rootfs = Rootfs.unpack(images, inputs.image().at(inputs.platformDigest()), spool, deadline);
        metrics.counter("bootproof.disk.unpacked.bytes").increment((double) spool.bytes());
        Ext4Image ext4 = new Ext4Image(programs.find(), contents, deadline);
        Path disk = directory.resolve("disk.raw");
        if (inputs.recipe().layout() == null) {
            layBeside(rootfs.tree(), contents, directory);
            Place whole = Place.whole(disk, inputs.recipe().sizeMiB());
            ext4.make(whole, rootfs.tree().root(), inputs.identity());
        } else {
            new GptDisk(programs.gpt(), ext4, contents, deadline).make(disk, rootfs.tree(), inputs);
        }
        Directories.remove(contents);
        return SampleChoice.of(rootfs, inputs.platformDigest());
    }

    private static void layBeside(Tree tree, Path contents, Path directory) throws IOException {
        BootFiles boot = BootFiles.of(tree);
        Files.copy(contents.resolve(boot.kernel().content()), directory.resolve("kernel"));
        Files.copy(contents.resolve(boot.initramfs().content()), directory.resolve("initrd"));
    }
}
