package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.io.IOException;
import java.util.List;

/**
 * An image, unpacked.
 *
 * @param tree its files
 * @param layers how many layers they come from
 */
public record Rootfs(Tree tree, int layers) {
    /** What a machine of this lab can boot. */
    public static final String PLATFORM = "linux/amd64";

    /**
     * Unpacks the layers of a manifest, lowest first.
     *
     * @param image the manifest, pinned by its digest
     * @throws UnreadableImage when the image is broken
     * @throws Unsupported when no disk can be made of it
     */
    public static Rootfs unpack(ImageSource source, ImageRef image, Spool spool, Deadline deadline) throws IOException {
        ManifestView manifest = source.manifest(image);
        List<Descriptor> layers = manifest.layers();
        List<Digest> diffIds = ImageConfig.of(source, image, manifest).diffIds();
        Tree tree = new Tree();
        Digest digest = manifest.digest();
        Layers unpacker = new Layers(source, image, deadline);
        for (int n = 0; n < layers.size(); n++) {
            unpacker.unpack(layers.get(n), diffIds.get(n), new Unpacking(tree, spool, new SampleRank(digest), n));
        }
        return new Rootfs(tree, layers.size());
    }
}
