package dev.bootproof.diskbuilder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this host: what goes wrong in reading it is the host's fault and not that of its content. */
final class HostStream extends InputStream {
    private final InputStream bytes;

    HostStream(Path file) {
        try {
            bytes = Files.newInputStream(file);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return bytes.read(target, offset, length);
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
