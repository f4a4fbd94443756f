package dev.bootproof.e2e;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Guest images that are no container images: the scripts of {@code e2e/images} make them of the demo OS. */
final class GuestImages {
    private final Path scripts;
    private final Cache cache;
    private final Images images;

    GuestImages(Path checkout, Cache cache, Images images) {
        this.scripts = checkout.resolve("e2e/images");
        this.cache = cache;
        this.images = images;
    }

    /** A file that the script of this name makes. */
    Path file(String name, String file) {
        return directory(name).resolve(file);
    }

    /** The directory that the script of this name makes. */
    Path directory(String name) {
        Path script = scripts.resolve(name).resolve("build");
        Path base = images.demo().directory();
        return cache.made(
                name,
                script,
                List.of(script.getParent(), scripts.resolve("lib.sh"), base.resolve("index.json")),
                List.of("--base", base.toString()));
    }

    /** Pushes a file as an OCI artifact, as disks and ISOs are published in registries. */
    ImageRef push(Path file, String name) {
        ImageRef image = images.named(name);
        String title = file.getFileName().toString();
        Artifact artifact = new Artifact(
                "application/vnd.bootproof.e2e.disk",
                List.of(new Artifact.File(title, "application/octet-stream", file)),
                Map.of(),
                null);
        try (Registry registry = images.registry()) {
            registry.push(image, artifact);
        }
        return image;
    }

    /** The demo OS with the layer that the script of this name makes, as an OCI layout. */
    Layout layered(String name) {
        Path layer = file(name, "layer.tar");
        try {
            byte[] bytes = Files.readAllBytes(layer);
            return images.demo().with(name + "-" + System.nanoTime(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Digest digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var hashing = java.security.MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                hashing.update(buffer, 0, got);
            }
            return new Digest("sha256:" + java.util.HexFormat.of().formatHex(hashing.digest()));
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
