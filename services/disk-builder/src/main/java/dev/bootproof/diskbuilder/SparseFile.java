package dev.bootproof.diskbuilder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file that takes no room for what is zero in it. Its errors are the host's, never those of the content that comes in
 * at the same time.
 */
public final class SparseFile implements AutoCloseable {
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final RandomAccessFile file;
    private long length;

    /** Opens the file, which loses what it had. */
    public SparseFile(Path path) {
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            file.setLength(0);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** Makes a file of this many zeros. */
    public static void ofZeros(Path path, long bytes) {
        try (SparseFile zeros = new SparseFile(path)) {
            zeros.length = bytes;
        }
    }

    /** Makes a file longer, by zeros; never shorter. */
    public static void grow(Path path, long bytes) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(Math.max(file.length(), bytes));
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    /** How long it is so far. */
    public long length() {
        return length;
    }

    /** Adds these bytes. */
    public void add(byte[] bytes, int count) {
        try {
            for (int start = 0; start < count; start += BLOCK) {
                int size = Math.min(BLOCK, count - start);
                if (!Arrays.equals(bytes, start, start + size, ZEROS, 0, size)) {
                    file.seek(length + start);
                    file.write(bytes, start, size);
                }
            }
            length += count;
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    @Override
    public void close() {
        try (file) {
            file.setLength(length);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }
}
