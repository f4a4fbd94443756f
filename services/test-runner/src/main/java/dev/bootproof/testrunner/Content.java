package dev.bootproof.testrunner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What was read from somewhere that may say more than we keep: the bytes, and whether they are all. */
public final class Content {
    private final byte[] bytes;
    private final boolean cut;

    private Content(byte[] bytes, boolean cut) {
        this.bytes = bytes;
        this.cut = cut;
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
        byte[] kept = in.readNBytes(limit);
        return new Content(kept, in.transferTo(OutputStream.nullOutputStream()) > 0);
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

    /** Whether there was more. */
    public boolean cut() {
        return cut;
    }
}
