package dev.bootproof.diskbuilder.packed;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** What bytes are packed with is told by the first of them, because names and media types lie. */
public final class Decompression {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_MAGIC = 10;
    private static final byte[] GZIP = HexFormat.of().parseHex("1f8b");
    private static final byte[] ZSTD = HexFormat.of().parseHex("28b52ffd");
    private static final byte[] XZ = HexFormat.of().parseHex("fd377a585a00");
    private static final byte[] BZIP2 = "BZh".getBytes(StandardCharsets.US_ASCII);

    /** Each block of bzip2 begins with it; it comes after the three letters and the block size. */
    private static final byte[] BZIP2_BLOCK = HexFormat.of().parseHex("314159265359");

    /** What the highest preset of xz needs is half of it. */
    private static final int MOST_MEMORY_KIB = 128 << 10;

    private Decompression() {}

    /** What these bytes hold: one or more members of gzip, bzip2, xz or zstd, unpacked, or the bytes as they are. */
    public static InputStream of(InputStream packed) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(packed, BUFFER);
        bytes.mark(LONGEST_MAGIC);
        byte[] start = bytes.readNBytes(LONGEST_MAGIC);
        bytes.reset();
        if (begins(start, 0, GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(bytes)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (begins(start, 0, ZSTD)) {
            return new ZstdInputStreamNoFinalizer(bytes);
        }
        if (begins(start, 0, XZ)) {
            return new XZInputStream(bytes, MOST_MEMORY_KIB);
        }
        if (begins(start, 0, BZIP2) && begins(start, BZIP2.length + 1, BZIP2_BLOCK)) {
            return new BZip2CompressorInputStream(bytes, true);
        }
        return bytes;
    }

    private static boolean begins(byte[] bytes, int from, byte[] magic) {
        int to = from + magic.length;
        return bytes.length >= to && Arrays.equals(bytes, from, to, magic, 0, magic.length);
    }
}
