package dev.bootproof.diskbuilder.rootfs;

import java.io.IOException;
import java.io.InputStream;

/** The content of one entry, cut out of the archive. */
final class TarContent extends InputStream {
    private final InputStream archive;
    private long left;
    private long padding;

    TarContent(InputStream archive, long size) {
        this.archive = archive;
        this.left = size;
        this.padding = (TarHeader.SIZE - size % TarHeader.SIZE) % TarHeader.SIZE;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int got = archive.read(target, offset, (int) Math.min(length, left));
        if (got < 0) {
            throw truncated();
        }
        left -= got;
        return got;
    }

    /** Passes over what was not read, and over the padding; by reading, because the archive is hashed as it is read. */
    void finish() throws IOException {
        left += padding;
        padding = 0;
        byte[] passed = new byte[TarHeader.SIZE];
        while (left > 0) {
            read(passed, 0, passed.length);
        }
    }

    private static UnreadableImage truncated() {
        return new UnreadableImage("a layer ends in the middle of a file");
    }
}
