package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An OCI image layout: a directory of blobs by digest and an index of them.
 *
 * @param directory the directory with {@code index.json} and {@code blobs}
 */
record Layout(Path directory) {
    /** Where the manifest lies that the layout is about: its only one, else the index of all. */
    Path root() {
        Path index = directory.resolve("index.json");
        List<Descriptor> manifests = OciJson.view(manifest(index)).manifests();
        return manifests.size() == 1 ? blob(manifests.getFirst().digest()) : index;
    }

    Path blob(Digest digest) {
        return directory.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    static Manifest manifest(Path file) {
        return Manifest.of(file.toString(), null, bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }
}
