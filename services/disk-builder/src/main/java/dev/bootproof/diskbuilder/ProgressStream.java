package dev.bootproof.diskbuilder;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose progress is said. */
final class ProgressStream extends FilterInputStream {
    private final Progress progress;
    private long count;

    ProgressStream(InputStream bytes, Progress progress) {
        super(bytes);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        progress.at(one < 0 ? count : ++count);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        count += Math.max(0, got);
        progress.at(count);
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        progress.end();
        super.close();
    }
}
