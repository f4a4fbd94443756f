package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with the deadline; who opened the one below closes it. */
final class TimedStream extends FilterInputStream {
    private final Deadline deadline;

    TimedStream(InputStream bytes, Deadline deadline) {
        super(bytes);
        this.deadline = deadline;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        deadline.check("its layers were still coming in");
        return super.read(target, offset, length);
    }

    @Override
    public void close() {}
}
