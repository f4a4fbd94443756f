package dev.bootproof.diskbuilder.rootfs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an image's config says that matters to a disk.
 *
 * @param platform os and architecture, as in {@code linux/amd64}
 * @param diffIds the digests of the layers' archives, unpacked, lowest first
 */
record ImageConfig(String platform, List<Digest> diffIds) {
    ImageConfig {
        diffIds = List.copyOf(diffIds);
    }

    /**
     * The config of an image that this lab can boot.
     *
     * @throws Unsupported when it is no such image
     * @throws UnreadableImage when its config does not fit its layers
     */
    static ImageConfig of(ImageSource source, ImageRef image, ManifestView manifest) throws IOException {
        if (manifest.isIndex()) {
            throw new Unsupported(
                    "an index without " + Rootfs.PLATFORM + ", it has " + String.join(", ", platforms(manifest)));
        }
        Descriptor descriptor = manifest.config();
        if (descriptor == null || !isImage(manifest)) {
            String type = manifest.artifactType() == null ? manifest.mediaType() : manifest.artifactType();
            throw new Unsupported(image + " is not an image with layers, but " + type
                    + ": of a disk or ISO file write kind: disk in the recipe");
        }
        ImageConfig config = parse(source.bytes(image, descriptor));
        config.checkFits(manifest);
        return config;
    }

    private void checkFits(ManifestView manifest) throws Unsupported, UnreadableImage {
        if (!platform.equals(Rootfs.PLATFORM)) {
            throw new Unsupported("an image for " + platform + ", the lab boots " + Rootfs.PLATFORM);
        }
        int layers = manifest.layers().size();
        if (layers != diffIds.size()) {
            throw new UnreadableImage("it has " + layers + " layers, its config knows " + diffIds.size() + " of them");
        }
    }

    /** Whether it is a container image and no artifact of another kind. */
    static boolean isImage(ManifestView manifest) {
        String type = manifest.config() == null ? "" : manifest.config().mediaType();
        return type.equals("application/vnd.oci.image.config.v1+json")
                || type.equals("application/vnd.docker.container.image.v1+json");
    }

    private static List<String> platforms(ManifestView index) {
        return index.manifests().stream()
                .map(entry -> String.valueOf(entry.platform()))
                .distinct()
                .sorted()
                .toList();
    }

    private static ImageConfig parse(byte[] body) throws IOException {
        try {
            JsonNode config = EventJson.mapper().readTree(body);
            List<Digest> diffIds = new ArrayList<>();
            for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
                diffIds.add(new Digest(diffId.asText()));
            }
            String os = config.path("os").asText("linux");
            return new ImageConfig(os + "/" + config.path("architecture").asText("unknown"), diffIds);
        } catch (JacksonException | MalformedEvent e) {
            throw new UnreadableImage("its config is not one of an image: " + e.getMessage());
        }
    }
}
