package dev.bootproof.testrunner.ssh;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A stream whose lines somebody hears as they are read, each cut at 512 bytes. */
final class HeardStream extends FilterInputStream {
    private static final int LONGEST = 512;

    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    HeardStream(InputStream in, Consumer<String> listener) {
        super(in);
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        for (int n = 0; n < count; n++) {
            take(bytes[offset + n]);
        }
        return count;
    }

    private void take(byte next) {
        if (next == '\n') {
            String whole = line.toString(StandardCharsets.UTF_8);
            line.reset();
            listener.accept(whole);
            return;
        }
        if (line.size() < LONGEST) {
            line.write(next);
        }
    }
}
