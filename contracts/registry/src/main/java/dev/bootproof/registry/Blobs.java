package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.RegistryException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;

/** Blobs of registries, up and down. */
final class Blobs {
    private static final long UPLOADED_PER_SECOND = 1 << 20;
    private static final int CHUNK = 1 << 16;
    private static final byte[] EMPTY = {'{', '}'};

    private final Wire wire;

    Blobs(Wire wire) {
        this.wire = wire;
    }

    InputStream open(ImageRef repository, Descriptor blob) {
        ImageRef where = repository.at(blob.digest());
        InputStream bytes =
                wire.get(where, uri(where, blob.digest()), MediaTypes.BYTES).body();
        InputStream live = wire.guarded(where, bytes);
        return new BufferedInputStream(new VerifiedStream(live, blob, where.toString()), CHUNK);
    }

    /** Sends a file unless the registry has it. */
    void send(ImageRef repository, Digest digest, Path file) {
        if (has(repository, digest)) {
            return;
        }
        Duration extra = Duration.ofSeconds(size(file) / UPLOADED_PER_SECOND);
        wire.retrying(() -> wire.upload(repository, place(repository, digest), file, extra));
    }

    /** Sends the two bytes that stand for "no config". */
    Descriptor sendEmpty(ImageRef repository) {
        Digest digest = Digest.of(EMPTY);
        if (!has(repository, digest)) {
            wire.put(repository, place(repository, digest), MediaTypes.BYTES, EMPTY);
        }
        return Descriptor.of(MediaTypes.EMPTY, digest, EMPTY.length);
    }

    static Digest digest(Path file) {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                hash.update(buffer, 0, got);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
        return Digest.ofHash(hash.digest());
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }

    /**
     * Whether the registry has it. One that cannot say is sent it once more, which harms nobody: a disk that was full
     * may have left Distribution an empty link to the blob, about which it answers 500 until the blob is sent again.
     */
    private boolean has(ImageRef repository, Digest digest) {
        try {
            return Manifests.found(() -> wire.head(repository, uri(repository, digest), MediaTypes.BYTES))
                    .isPresent();
        } catch (RegistryException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            return false;
        }
    }

    private URI place(ImageRef repository, Digest digest) {
        URI start = wire.uri(repository, "blobs/uploads/");
        String location = wire.post(repository, start).headers().get("location");
        if (location == null) {
            throw new RegistryException(Kind.REFUSED, repository + ": the registry names no place to upload to", null);
        }
        return start.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
    }

    private URI uri(ImageRef repository, Digest digest) {
        return wire.uri(repository, "blobs/" + digest);
    }
}
