package dev.bootproof.testrunner.tar;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an archive, plain or packed with gzip or zstd, entry by entry. */
public final class Unpacking {
    private static final int MAGIC = 4;
    private static final long MOST = 96L << 20;

    private Unpacking() {}

    /** Takes what is in an archive. */
    public interface Taking {
        /** A file. */
        void file(String path, boolean executable, InputStream content) throws IOException;

        /** What is neither file nor directory, in words. */
        void other(String path, String what) throws IOException;
    }

    /**
     * Reads the whole archive, of at most 96 MiB unpacked, and leaves it open; what is no archive is an
     * {@link IOException}.
     */
    public static void read(InputStream archive, Taking taking) throws IOException {
        try (TarArchiveInputStream in = new TarArchiveInputStream(new Limited(unpacked(new Open(archive))))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isSparse()) {
                    throw new IOException("it holds a sparse file: " + entry.getName());
                }
                if (entry.isLink() || entry.isSymbolicLink()) {
                    taking.other(entry.getName(), "a link");
                } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
                    taking.other(entry.getName(), "a device");
                } else if (!entry.isDirectory()) {
                    taking.file(entry.getName(), (entry.getMode() & 0100) != 0, in);
                }
            }
        }
    }

    private static InputStream unpacked(InputStream archive) throws IOException {
        BufferedInputStream in = new BufferedInputStream(archive);
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        if (starts(magic, 0x1f, 0x8b)) {
            return new GZIPInputStream(in);
        }
        return starts(magic, 0x28, 0xb5, 0x2f, 0xfd) ? new ZstdInputStreamNoFinalizer(in) : in;
    }

    /** Stays open when what reads it is closed. */
    private static final class Open extends FilterInputStream {
        Open(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /** Gives so many bytes and no more: a small archive can be large when it is unpacked. */
    private static final class Limited extends FilterInputStream {
        private long left = MOST;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(in.read(), 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = in.read(target, offset, length);
            return count(got, got);
        }

        @Override
        public long skip(long bytes) throws IOException {
            return readNBytes((int) Math.min(bytes, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private int count(int result, int bytes) throws IOException {
            left -= Math.max(0, bytes);
            if (left < 0) {
                throw new IOException("it unpacks to more than " + (MOST >> 20) + " MiB");
            }
            return result;
        }
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int n = 0; n < with.length; n++) {
            if (n >= bytes.length || (bytes[n] & 0xff) != with[n]) {
                return false;
            }
        }
        return true;
    }
}
