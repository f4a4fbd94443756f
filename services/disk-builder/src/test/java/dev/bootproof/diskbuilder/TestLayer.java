package dev.bootproof.diskbuilder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A layer, written entry by entry by a library that is not ours. */
public final class TestLayer {
    private static final long MTIME = 1_600_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    public TestLayer() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    public TestLayer file(String path, String content) {
        return file(path, content, 0644);
    }

    public TestLayer file(String path, String content, int mode) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), entry -> entry.setMode(mode));
    }

    public TestLayer file(String path, byte[] content, Consumer<TarArchiveEntry> more) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setMode(0644);
        entry.setSize(content.length);
        more.accept(entry);
        return add(entry, content);
    }

    public TestLayer directory(String path, int mode) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_DIR);
        entry.setMode(mode);
        return add(entry, new byte[0]);
    }

    public TestLayer symlink(String path, String target) {
        return link(path, target, TarConstants.LF_SYMLINK);
    }

    public TestLayer hardLink(String path, String target) {
        return link(path, target, TarConstants.LF_LINK);
    }

    public TestLayer device(String path, byte type, int major, int minor) {
        TarArchiveEntry entry = entry(path, type);
        entry.setMode(0620);
        entry.setDevMajor(major);
        entry.setDevMinor(minor);
        return add(entry, new byte[0]);
    }

    public TestLayer fifo(String path) {
        return add(entry(path, TarConstants.LF_FIFO), new byte[0]);
    }

    /** The pax record of the entry that follows, as it is: its value need not be text. */
    public TestLayer pax(String key, byte[] value) {
        int length = key.length() + value.length + 3;
        int digits = String.valueOf(length + String.valueOf(length).length()).length();
        byte[] head = ((length + digits) + " " + key + "=").getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[length + digits];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(value, 0, body, head.length, value.length);
        body[body.length - 1] = '\n';
        TarArchiveEntry entry = entry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        entry.setSize(body.length);
        return add(entry, body);
    }

    public byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestLayer link(String path, String target, byte type) {
        TarArchiveEntry entry = entry(path, type);
        entry.setMode(0777);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    private static TarArchiveEntry entry(String path, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setModTime(MTIME * 1000);
        return entry;
    }

    private TestLayer add(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
