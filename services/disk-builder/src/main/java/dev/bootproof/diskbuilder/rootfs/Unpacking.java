package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.events.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Puts the entries of one layer into the tree, as the OCI image specification says. */
final class Unpacking implements Layers.Target {
    private static final String WHITEOUT = ".wh.";
    private static final String RESERVED = ".wh..wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Tree tree;
    private final Spool spool;
    private final SampleRank samples;
    private final int layer;

    Unpacking(Tree tree, Spool spool, SampleRank samples, int layer) {
        this.tree = tree;
        this.spool = spool;
        this.samples = samples;
        this.layer = layer;
    }

    /** Takes all entries of an archive. */
    @Override
    public void unpack(InputStream archive) throws IOException {
        TarReader reader = new TarReader(archive);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            EntryPath path = EntryPath.of(entry.path());
            if (path.isRoot() || !path.name().startsWith(WHITEOUT)) {
                take(entry, path, reader.content());
            } else if (path.name().equals(OPAQUE)) {
                tree.hideAll(path.parent(), layer);
            } else if (!path.name().startsWith(RESERVED)) {
                hide(path);
            }
        }
    }

    private void hide(EntryPath marker) throws IOException {
        String hidden = marker.name().substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new UnreadableImage("a whiteout hides nothing: " + marker);
        }
        tree.hide(marker.sibling(hidden), layer);
    }

    private void take(TarEntry entry, EntryPath path, InputStream content) throws IOException {
        Attributes attributes = entry.attributes();
        switch (entry.kind()) {
            case DIRECTORY -> tree.describe(path, attributes, layer);
            case FILE -> tree.write(path, file(entry, path, content), layer);
            case HARD_LINK -> tree.link(path, EntryPath.of(entry.link()), layer);
            case SYMLINK -> tree.write(path, symlink(entry, path), layer);
            case CHARACTER_DEVICE -> tree.write(path, device(entry, 'c'), layer);
            case BLOCK_DEVICE -> tree.write(path, device(entry, 'b'), layer);
            case FIFO -> tree.write(path, new Node.Fifo(attributes), layer);
        }
    }

    private Node.RegularFile file(TarEntry entry, EntryPath path, InputStream content) throws IOException {
        MessageDigest hash = samples.takes(path, entry.size()) ? Digest.sha256() : null;
        return spool.keep(entry.attributes(), content, entry.size(), hash);
    }

    private static Node.Device device(TarEntry entry, char kind) {
        return new Node.Device(entry.attributes(), kind, entry.major(), entry.minor());
    }

    private static Node.Symlink symlink(TarEntry entry, EntryPath path) throws IOException {
        String target = entry.link();
        if (target.isEmpty() || target.length() > 4095) {
            throw new UnreadableImage("a symbolic link has a target of " + target.length() + " bytes: " + path);
        }
        if (target.indexOf('\n') >= 0 || target.indexOf('\r') >= 0) {
            throw new Unsupported("a symbolic link with a line break in its target: " + path);
        }
        return new Node.Symlink(entry.attributes(), target);
    }
}
