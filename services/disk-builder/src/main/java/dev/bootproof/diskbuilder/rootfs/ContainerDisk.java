package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.ManifestView;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * A container image that is nothing but a vehicle for a disk: the one file below {@code /disk}. The format is KubeVirt's
 * containerDisk (user guide, "Disks and Volumes").
 */
public final class ContainerDisk {
    private static final Pattern FILE = Pattern.compile("/disk/[^/.][^/]*");

    private final Taker taker;
    private String found = "";

    private ContainerDisk(Taker taker) {
        this.taker = taker;
    }

    /** Whether it can be one: an image with layers, and no artifact. */
    public static boolean isPossible(ManifestView manifest) {
        return ImageConfig.isImage(manifest);
    }

    /**
     * Finds the disk and gives it to the taker; what the taker got counts only when this returns.
     *
     * @throws Unsupported when there is none, or more than one
     */
    public static void read(ImageSource source, ImageRef image, Deadline deadline, Taker taker) throws IOException {
        ManifestView manifest = source.manifest(image);
        ImageConfig config = ImageConfig.of(source, image, manifest);
        ContainerDisk search = new ContainerDisk(taker);
        Layers layers = new Layers(source, image, deadline);
        for (int n = 0; n < manifest.layers().size(); n++) {
            layers.unpack(manifest.layers().get(n), config.diffIds().get(n), search::search);
        }
        if (search.found.isEmpty()) {
            throw new Unsupported("a container image without a disk file in /disk: where it is an operating system with"
                    + " its own kernel write kind: rootfs in the recipe, else publish the disk file as an artifact");
        }
    }

    private void search(InputStream archive) throws IOException {
        TarReader reader = new TarReader(archive);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            String path = EntryPath.of(entry.path()).toString();
            if (entry.kind() != TarEntry.Kind.FILE || !FILE.matcher(path).matches()) {
                continue;
            }
            if (!found.isEmpty()) {
                throw new Unsupported("a container image with more than one disk: " + found + ", " + path
                        + "; publish each in an image of its own");
            }
            found = path;
            taker.take(reader.content());
        }
    }

    /** What takes the disk, as it comes. */
    @FunctionalInterface
    public interface Taker {
        /** Takes it. */
        void take(InputStream content) throws IOException;
    }
}
