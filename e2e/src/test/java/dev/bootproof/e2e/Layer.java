package dev.bootproof.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What variants of the demo OS are made of. */
final class Layer {
    private Layer() {}

    static void file(TarArchiveOutputStream tar, String path, int mode, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(mode);
        entry.setSize(bytes.length);
        put(tar, entry, bytes);
    }

    static void link(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(tar, entry, new byte[0]);
    }

    /** Removes what a lower layer put at this path. */
    static void whiteout(TarArchiveOutputStream tar, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        file(tar, path.substring(0, slash + 1) + ".wh." + path.substring(slash + 1), 0644, "");
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
