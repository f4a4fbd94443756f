package dev.bootproof.registry;

import dev.bootproof.events.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The bytes of a blob on their way; reaching the end with other bytes than the digest names is an error. */
final class VerifiedStream extends FilterInputStream {
    private final MessageDigest hash = Digest.sha256();
    private final Descriptor expected;
    private final String where;
    private long count;
    private boolean verified;

    VerifiedStream(InputStream bytes, Descriptor expected, String where) {
        super(bytes);
        this.expected = expected;
        this.where = where;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        if (got < 0) {
            verify();
            return got;
        }
        hash.update(target, offset, got);
        count += got;
        if (count > expected.size()) {
            throw mismatch("more than " + expected.size() + " bytes");
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        if (verified) {
            return;
        }
        if (count < expected.size()) {
            throw mismatch("only " + count + " of " + expected.size() + " bytes");
        }
        Digest got = Digest.ofHash(hash.digest());
        if (!got.equals(expected.digest())) {
            throw mismatch("bytes of " + got);
        }
        verified = true;
    }

    private RegistryException mismatch(String served) {
        return new RegistryException(RegistryException.Kind.MISMATCH, where + ": the registry served " + served, null);
    }
}
