package dev.bootproof.diskbuilder.diskfile;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.rootfs.ContainerDisk;
import dev.bootproof.diskbuilder.rootfs.ImageSource;
import dev.bootproof.diskbuilder.rootfs.TimedStream;
import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Reads the file of a disk from where it is published, to its end, where the source says whether it is the right one. */
public final class PublishedDisk {
    private PublishedDisk() {}

    /** The disk in a registry: a file of an artifact, or of a containerDisk. */
    public static void read(ImageSource source, ImageRef image, Deadline deadline, DiskWriter writer)
            throws IOException {
        ManifestView manifest = source.manifest(image);
        Optional<Descriptor> named = DiskLayer.named(manifest);
        if (named.isEmpty() && (manifest.isIndex() || ContainerDisk.isPossible(manifest))) {
            ContainerDisk.read(source, image, deadline, writer::take);
            return;
        }
        Descriptor layer = named.isPresent() ? named.get() : DiskLayer.of(manifest);
        try (InputStream bytes = source.blob(image, layer)) {
            read(bytes, deadline, writer);
        }
    }

    /** The disk in these bytes; what is wrong with them counts only if they are the right ones. */
    public static void read(InputStream bytes, Deadline deadline, DiskWriter writer) throws IOException {
        InputStream packed = new TimedStream(bytes, deadline, "the disk was still coming in");
        try {
            writer.take(packed);
        } catch (StageFault | Unsupported | UnreadableImage e) {
            packed.transferTo(OutputStream.nullOutputStream());
            throw e;
        } catch (IOException e) {
            packed.transferTo(OutputStream.nullOutputStream());
            throw new UnreadableImage("its file cannot be unpacked: " + e.getMessage());
        }
        packed.transferTo(OutputStream.nullOutputStream());
    }
}
