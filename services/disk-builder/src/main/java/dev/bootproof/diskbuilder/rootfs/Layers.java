package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.packed.Decompression;
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

    /** What takes the archive of a layer; it need not read all of it. */
    interface Target {
        void unpack(InputStream archive) throws IOException;
    }

    /** Unpacks one layer to its end. */
    void unpack(Descriptor layer, Digest diffId, Target target) throws IOException {
        MessageDigest hash = Digest.sha256();
        try (InputStream bytes = source.blob(repository, layer)) {
            InputStream packed = new TimedStream(bytes, deadline, "its layers were still coming in");
            try {
                unpack(packed, hash, target);
            } catch (StageFault | Unsupported e) {
                packed.transferTo(OutputStream.nullOutputStream());
                throw e;
            } catch (IOException e) {
                packed.transferTo(OutputStream.nullOutputStream());
                throw new UnreadableImage("layer " + layer.digest() + ": " + e.getMessage());
            }
        }
        verify(layer, diffId, Digest.ofHash(hash.digest()));
    }

    /**
     * What goes wrong in here counts only if the bytes are those that the digest names; so the caller reads on to their
     * end, where the source says whether they are.
     */
    private static void unpack(InputStream packed, MessageDigest hash, Target target) throws IOException {
        try (InputStream archive = new DigestInputStream(Decompression.of(packed), hash)) {
            target.unpack(archive);
            archive.transferTo(OutputStream.nullOutputStream());
            packed.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void verify(Descriptor layer, Digest diffId, Digest got) {
        if (!got.equals(diffId)) {
            throw new StageFault(
                    Fault.DIGEST_MISMATCH,
                    "layer " + layer.digest() + " unpacks to " + got + ", the config says " + diffId);
        }
    }
}
