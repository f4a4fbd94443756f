package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.diskbuilder.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with the deadline; who opened the one below closes it. */
public final class TimedStream extends FilterInputStream {
    private final Deadline deadline;
    private final String doing;

    /**
     * Times a stream.
     *
     * @param doing what is done while it is read, for people
     */
    public TimedStream(InputStream bytes, Deadline deadline, String doing) {
        super(bytes);
        this.deadline = deadline;
        this.doing = doing;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        deadline.check(doing);
        return super.read(target, offset, length);
    }

    @Override
    public void close() {}
}
