package dev.bootproof.testrunner.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A stream that has to begin as an SSH server's does: a few lines, then one that begins with {@code SSH-} (RFC 4253,
 * 4.2). It may take so long and so many bytes for it; whatever comes after is passed on.
 */
final class Greeting extends FilterInputStream {
    private static final byte[] IDENTIFICATION = "SSH-".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 16 << 10;

    private final long deadline;
    private int left = MOST;
    private int matched;
    private boolean done;

    Greeting(InputStream in, Duration patience) {
        super(in);
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (!done && next >= 0) {
            heard(next);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (done || length == 0) {
            return super.read(bytes, offset, length);
        }
        int next = read();
        if (next < 0) {
            return next;
        }
        bytes[offset] = (byte) next;
        return 1;
    }

    private void heard(int next) throws IOException {
        if (--left == 0) {
            throw new IOException("it says " + (MOST >> 10) + " KiB, and nothing of SSH in it");
        }
        if (System.nanoTime() > deadline) {
            throw new SocketTimeoutException("it has not said in its time that it speaks SSH");
        }
        boolean identified = matched == IDENTIFICATION.length;
        done = identified && next == '\n';
        if (!identified) {
            boolean fits = matched >= 0 && next == IDENTIFICATION[matched];
            matched = next == '\n' ? 0 : fits ? matched + 1 : -1;
        }
    }
}
