package dev.bootproof.diskbuilder.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a layer, in order, as a stream: POSIX pax, ustar and GNU tar. Our own, because libraries decode
 * extended attributes as text, which breaks every access control list.
 */
final class TarReader {
    private static final int MOST_METADATA = 1 << 20;

    private final InputStream bytes;
    private final PaxRecords everywhere = new PaxRecords();
    private PaxRecords here = new PaxRecords();
    private String longPath = "";
    private String longLink = "";
    private TarContent content;

    TarReader(InputStream bytes) {
        this.bytes = bytes;
        this.content = new TarContent(bytes, 0);
    }

    /** The next entry, or null after the last; what was not read of the one before is passed over. */
    @Nullable
    TarEntry next() throws IOException {
        while (true) {
            content.finish();
            TarHeader header = header();
            if (header == null) {
                return null;
            }
            TarEntry entry = take(header);
            if (entry != null) {
                return entry;
            }
        }
    }

    /** The content of the entry that was returned last. */
    InputStream content() {
        return content;
    }

    private @Nullable TarHeader header() throws IOException {
        byte[] block = bytes.readNBytes(TarHeader.SIZE);
        if (block.length == 0 || isZero(block)) {
            return null;
        }
        if (block.length < TarHeader.SIZE) {
            throw new UnreadableImage("a layer ends in the middle of a tar header");
        }
        return new TarHeader(block);
    }

    private @Nullable TarEntry take(TarHeader header) throws IOException {
        switch (header.type()) {
            case 'x' -> here.add(metadata(header));
            case 'g' -> everywhere.add(metadata(header));
            case 'L' -> longPath = text(metadata(header));
            case 'K' -> longLink = text(metadata(header));
            default -> {
                return entry(header);
            }
        }
        return null;
    }

    private TarEntry entry(TarHeader header) throws IOException {
        PaxRecords pax = everywhere.with(here);
        String path = pax.text("path", longPath.isEmpty() ? header.path() : longPath);
        String link = pax.text("linkpath", longLink.isEmpty() ? header.link() : longLink);
        TarEntry.Kind kind = kind(header.type(), path, pax);
        long size = kind == TarEntry.Kind.FILE ? pax.number("size", header.size()) : 0;
        if (size < 0) {
            throw new UnreadableImage("a layer is not a tar archive: a file has a negative size: " + path);
        }
        content = new TarContent(bytes, size);
        here = new PaxRecords();
        longPath = "";
        longLink = "";
        return new TarEntry(path, kind, attributes(header, pax), size, link, header.major(), header.minor());
    }

    private static Attributes attributes(TarHeader header, PaxRecords pax) throws UnreadableImage {
        return new Attributes(
                header.mode(),
                pax.number("uid", header.uid()),
                pax.number("gid", header.gid()),
                pax.number("mtime", header.mtime()),
                pax.xattrs());
    }

    private static TarEntry.Kind kind(char type, String path, PaxRecords pax) throws UnreadableImage, Unsupported {
        if (type == 'S' || pax.areSparse()) {
            throw new Unsupported("a layer with sparse files of GNU tar: " + path);
        }
        return switch (type) {
            case '0', '\0', '7' -> path.endsWith("/") ? TarEntry.Kind.DIRECTORY : TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '3' -> TarEntry.Kind.CHARACTER_DEVICE;
            case '4' -> TarEntry.Kind.BLOCK_DEVICE;
            case '5' -> TarEntry.Kind.DIRECTORY;
            case '6' -> TarEntry.Kind.FIFO;
            default -> throw new UnreadableImage("a layer has an entry of unknown type '" + type + "': " + path);
        };
    }

    private byte[] metadata(TarHeader header) throws IOException {
        long size = header.size();
        if (size < 0 || size > MOST_METADATA) {
            throw new UnreadableImage("a layer describes a file in more than 1 MiB");
        }
        content = new TarContent(bytes, size);
        return content.readAllBytes();
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static boolean isZero(byte[] block) {
        for (byte one : block) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
