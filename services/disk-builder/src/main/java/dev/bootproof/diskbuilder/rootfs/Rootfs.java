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
        ImageConfig config = config(source, image, manifest);
        List<Descriptor> layers = manifest.layers();
        List<Digest> diffIds = config.diffIds();
        if (layers.size() != diffIds.size()) {
            throw new UnreadableImage(
                    "it has " + layers.size() + " layers, its config knows " + diffIds.size() + " of them");
        }
        Tree tree = new Tree();
        Digest digest = manifest.digest();
        Layers unpacker = new Layers(source, image, deadline);
        for (int n = 0; n < layers.size(); n++) {
            unpacker.unpack(layers.get(n), diffIds.get(n), new Unpacking(tree, spool, new SampleRank(digest), n));
        }
        return new Rootfs(tree, layers.size());
    }

    private static ImageConfig config(ImageSource source, ImageRef image, ManifestView manifest) throws IOException {
        if (manifest.isIndex()) {
            throw new Unsupported(
                    "an index without " + PLATFORM + ", it has " + String.join(", ", platforms(manifest)));
        }
        Descriptor descriptor = manifest.config();
        if (descriptor == null || !isImage(descriptor.mediaType())) {
            String type = manifest.artifactType() == null ? manifest.mediaType() : manifest.artifactType();
            throw new Unsupported(image + " is not an image with layers, but " + type);
        }
        ImageConfig config = ImageConfig.parse(source.bytes(image, descriptor));
        if (!config.platform().equals(PLATFORM)) {
            throw new Unsupported("an image for " + config.platform() + ", the lab boots " + PLATFORM);
        }
        return config;
    }

    private static List<String> platforms(ManifestView index) {
        return index.manifests().stream()
                .map(entry -> String.valueOf(entry.platform()))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isImage(String mediaType) {
        return mediaType.equals("application/vnd.oci.image.config.v1+json")
                || mediaType.equals("application/vnd.docker.container.image.v1+json");
    }
}
