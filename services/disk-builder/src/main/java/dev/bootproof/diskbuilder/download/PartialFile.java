package dev.bootproof.diskbuilder.download;

import dev.bootproof.diskbuilder.HostFault;
import dev.bootproof.events.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** What has come of a file so far, and its hash. Its errors are the host's. */
final class PartialFile implements AutoCloseable {
    private final FileChannel channel;
    private final MessageDigest hash = Digest.sha256();
    private long length;

    PartialFile(Path path) {
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    long length() {
        return length;
    }

    void add(byte[] bytes, int count) {
        ByteBuffer left = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (IOException e) {
            throw HostFault.of(e);
        }
        hash.update(bytes, 0, count);
        length += count;
    }

    /** Begins anew. */
    void restart() {
        try {
            channel.truncate(0).position(0);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
        hash.reset();
        length = 0;
    }

    /** The digest of all of it, made durable; nothing can be added afterwards. */
    Digest finish() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
        return Digest.ofHash(hash.digest());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }
}
