package dev.bootproof.testrunner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What was read from somewhere that may say more than we keep: the bytes, and whether they are all. */
public final class Content {
    private final byte[] bytes;
    private final boolean cut;
    private final boolean ended;

    private Content(byte[] bytes, boolean cut) {
        this(bytes, cut, true);
    }

    private Content(byte[] bytes, boolean cut, boolean ended) {
        this.bytes = bytes;
        this.cut = cut;
        this.ended = ended;
    }

    /** All of it. */
    public static Content of(byte[] bytes) {
        return new Content(bytes.clone(), false);
    }

    /** All of it, in UTF-8. */
    public static Content of(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** The beginning of a stream; the rest is read and dropped, so that whoever writes is not held up. */
    public static Content read(InputStream in, int limit) throws IOException {
        return read(in, limit, Long.MAX_VALUE);
    }

    /** The same, but after so many dropped bytes it is left where it is. */
    public static Content read(InputStream in, int limit, long dropped) throws IOException {
        byte[] kept = in.readNBytes(limit);
        byte[] buffer = new byte[8 << 10];
        long more = 0;
        while (more < dropped) {
            int got = in.read(buffer);
            if (got < 0) {
                return new Content(kept, more > 0);
            }
            more += got;
        }
        return new Content(kept, true, false);
    }

    /** The beginning of a stream that may break off; then that, too, is not all. The rest is not read. */
    public static Content beginning(InputStream in, int limit) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[8 << 10];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                int room = Math.min(got, limit - kept.size());
                kept.write(buffer, 0, room);
                if (room < got) {
                    return new Content(kept.toByteArray(), true);
                }
            }
            return new Content(kept.toByteArray(), false);
        } catch (IOException e) {
            return new Content(kept.toByteArray(), true);
        }
    }

    /** A copy of the bytes that were kept. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes that were kept, to be read without another copy of them. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /** How many bytes were kept. */
    public int size() {
        return bytes.length;
    }

    /** The bytes that were kept, read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether whoever wrote it came to an end, be it after more than was kept. */
    public boolean ended() {
        return ended;
    }

    /** Whether there was more. */
    public boolean cut() {
        return cut;
    }
}
