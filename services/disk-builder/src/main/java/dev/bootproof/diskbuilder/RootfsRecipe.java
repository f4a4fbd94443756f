package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.ext4.Ext4Image;
import dev.bootproof.diskbuilder.rootfs.BootFiles;
import dev.bootproof.diskbuilder.rootfs.Rootfs;
import dev.bootproof.diskbuilder.rootfs.SampleChoice;
import dev.bootproof.diskbuilder.rootfs.Spool;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Sample;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks the layers onto an ext4 filesystem without touching them otherwise, and lays the image's own kernel and
 * initramfs beside it, to be booted directly.
 */
@ApplicationScoped
class RootfsRecipe implements DiskRecipe {
    /** Raised whenever the same image gives other bytes. */
    private static final String VERSION = "rootfs-1";

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
        return VERSION + " e2fsprogs-" + programs.find().version();
    }

    @Override
    public List<Sample> make(DiskInputs inputs, Path directory, Deadline deadline) {
        if (!inputs.recipe().filesystem().equals("ext4")) {
            throw new StageFault(
                    Fault.UNSUPPORTED,
                    "the rootfs recipe makes ext4, not " + inputs.recipe().filesystem());
        }
        try {
            return unpackAndFill(inputs, directory, deadline);
        } catch (UnreadableImage e) {
            throw new StageFault(Fault.IMAGE_UNREADABLE, String.valueOf(e.getMessage()));
        } catch (Unsupported e) {
            throw new StageFault(Fault.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            throw new StageFault(e.fault(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private List<Sample> unpackAndFill(DiskInputs inputs, Path directory, Deadline deadline) throws IOException {
        Path contents = Files.createDirectory(directory.resolve("contents"));
        int sizeMiB = inputs.recipe().sizeMiB();
        Spool spool = new Spool(contents, MOST_HIDDEN * ((long) sizeMiB << 20));
        Rootfs rootfs = Rootfs.unpack(images, inputs.image().at(inputs.platformDigest()), spool, deadline);
        metrics.counter("bootproof.disk.unpacked.bytes").increment((double) spool.bytes());
        BootFiles boot = BootFiles.of(rootfs.tree());
        Files.copy(contents.resolve(boot.kernel().content()), directory.resolve("kernel"));
        Files.copy(contents.resolve(boot.initramfs().content()), directory.resolve("initrd"));
        new Ext4Image(programs.find(), contents, deadline)
                .make(directory.resolve("disk.raw"), rootfs.tree().root(), sizeMiB, inputs.identity());
        Directories.remove(contents);
        return SampleChoice.of(rootfs, inputs.platformDigest());
    }
}
