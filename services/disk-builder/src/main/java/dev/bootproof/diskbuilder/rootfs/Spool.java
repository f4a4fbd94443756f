package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Contents on the host's disk on their way into the image, under names that only count: no name of the image is ever a
 * name on the host.
 */
public final class Spool {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final long mostBytes;
    private final byte[] buffer = new byte[BUFFER];
    private long bytes;
    private long count;

    /**
     * @param directory an empty directory
     * @param mostBytes when to give up on an image that unpacks for ever
     */
    public Spool(Path directory, long mostBytes) {
        this.directory = directory;
        this.mostBytes = mostBytes;
    }

    /** Where contents lie. */
    public Path directory() {
        return directory;
    }

    /** All bytes that were written so far. */
    public long bytes() {
        return bytes;
    }

    /** Keeps the content of a regular file, and feeds it to the hash on its way, where there is one. */
    Node.RegularFile keep(Attributes attributes, InputStream content, long size, @Nullable MessageDigest hash)
            throws IOException {
        bytes += size;
        if (bytes > mostBytes) {
            throw new StageFault(Fault.IMAGE_TOO_LARGE, "its layers unpack to more than " + (mostBytes >> 20) + " MiB");
        }
        String name = "f" + count++;
        write(name, content, hash);
        return new Node.RegularFile(attributes, name, size, hash == null ? null : Digest.ofHash(hash.digest()));
    }

    private void write(String name, InputStream content, @Nullable MessageDigest hash) throws IOException {
        try (HostFile out = new HostFile(directory.resolve(name))) {
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                out.write(buffer, got);
                if (hash != null) {
                    hash.update(buffer, 0, got);
                }
            }
        }
    }

    /** A file whose errors are the host's, never those of the content that comes in at the same time. */
    private static final class HostFile implements AutoCloseable {
        private final OutputStream out;

        HostFile(Path file) {
            try {
                out = Files.newOutputStream(file);
            } catch (IOException e) {
                throw HostFault.of(e);
            }
        }

        void write(byte[] bytes, int length) {
            try {
                out.write(bytes, 0, length);
            } catch (IOException e) {
                throw HostFault.of(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw HostFault.of(e);
            }
        }
    }
}
