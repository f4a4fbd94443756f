package dev.bootproof.chaos.hazard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The body of an answer, which arrives as the registry's mood lets it.
 *
 * @param content what the registry sent
 * @param blob whether it is a blob, which moods are about
 * @param mood the present mood, asked again for every piece
 */
record MoodyBody(InputStream content, boolean blob, Supplier<Mood> mood) {
    private static final int PIECE = 16 << 10;
    private static final int DROP = 256;
    private static final Duration BETWEEN_DROPS = Duration.ofMillis(100);

    /**
     * Sends it.
     *
     * @param length how long it is; 0 where that is not known
     * @throws IOException also where it is ended in the middle on purpose
     */
    void transferTo(OutputStream out, long length) throws IOException {
        long sent = 0;
        for (byte[] piece = next(); piece.length > 0; piece = next()) {
            if (is(Mood.TRUNCATING) && sent + piece.length > length / 2) {
                out.write(piece, 0, piece.length / 2);
                out.flush();
                throw new IOException("the registry ended the connection after " + sent + " bytes");
            }
            out.write(piece);
            sent += piece.length;
        }
    }

    private byte[] next() throws IOException {
        if (!is(Mood.DRIPPING)) {
            return content.readNBytes(PIECE);
        }
        LockSupport.parkNanos(BETWEEN_DROPS.toNanos());
        return content.readNBytes(DROP);
    }

    private boolean is(Mood wanted) {
        return blob && mood.get() == wanted;
    }
}
