package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Unpacks layers while they come in. Both digests of each must be right: of the packed bytes, which the source sees to,
 * and of the archive, which the config names.
 */
final class Layers {
    private final ImageSource source;
    private final ImageRef repository;
    private final Deadline deadline;

    Layers(ImageSource source, ImageRef repository, Deadline deadline) {
        this.source = source;
        this.repository = repository;
        this.deadline = deadline;
    }

    /** Unpacks one layer to its end. */
    void unpack(Descriptor layer, Digest diffId, Unpacking target) throws IOException {
        MessageDigest hash = Digest.sha256();
        try (InputStream packed = new TimedStream(source.blob(repository, layer), deadline)) {
            try (InputStream archive = new DigestInputStream(Decompression.of(packed), hash)) {
                target.unpack(archive);
                archive.transferTo(OutputStream.nullOutputStream());
                packed.transferTo(OutputStream.nullOutputStream());
            } catch (Unsupported e) {
                throw e;
            } catch (IOException e) {
                throw unreadable(packed, layer, e);
            }
        }
        verify(layer, diffId, Digest.ofHash(hash.digest()));
    }

    /** Bytes that cannot be read are the image's fault only if they are the bytes that the digest names. */
    private static UnreadableImage unreadable(InputStream packed, Descriptor layer, IOException e) throws IOException {
        packed.transferTo(OutputStream.nullOutputStream());
        return new UnreadableImage("layer " + layer.digest() + ": " + e.getMessage());
    }

    private static void verify(Descriptor layer, Digest diffId, Digest got) {
        if (!got.equals(diffId)) {
            throw new StageFault(
                    Fault.DIGEST_MISMATCH,
                    "layer " + layer.digest() + " unpacks to " + got + ", the config says " + diffId);
        }
    }
}
