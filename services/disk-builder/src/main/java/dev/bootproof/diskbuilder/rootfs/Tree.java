package dev.bootproof.diskbuilder.rootfs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image as its layers leave them. Everything a path could reach on the host is resolved in here, so
 * that a hostile name reaches nothing.
 */
public final class Tree {
    private static final int MOST_NODES = 4_000_000;

    private final Directory root = new Directory(Attributes.ofImpliedDirectory());
    private int written;

    /** The root directory. */
    public Directory root() {
        return root;
    }

    /** What this path leads to, through symbolic links; empty where it leads nowhere. */
    public Optional<Node> find(String path) throws UnreadableImage, Unsupported {
        return Optional.ofNullable(new Walk(root).find(EntryPath.of(path)));
    }

    /** A layer describes a directory: a new one, or the one that is there. */
    void describe(EntryPath path, Attributes attributes, int layer) throws UnreadableImage {
        if (path.isRoot()) {
            root.describe(attributes);
            return;
        }
        Directory parent = parent(path, layer);
        if (parent.child(path.name()) instanceof Directory present) {
            present.describe(attributes);
            parent.put(path.name(), present, layer);
            return;
        }
        put(parent, path, new Directory(attributes), layer);
    }

    /** A layer writes a file: whatever had the name is replaced. */
    void write(EntryPath path, Node node, int layer) throws UnreadableImage {
        if (path.isRoot()) {
            throw new UnreadableImage("a layer replaces the root directory by a file");
        }
        put(parent(path, layer), path, node, layer);
    }

    /** A layer gives a file of this or a lower layer one more name. */
    void link(EntryPath path, EntryPath existing, int layer) throws UnreadableImage {
        Node node = existing.isRoot() ? null : at(existing);
        if (node == null || node instanceof Directory) {
            throw new UnreadableImage("the hard link " + path + " names " + existing + ", which is no file");
        }
        write(path, node, layer);
    }

    /** A layer hides what lower layers put at this path. */
    void hide(EntryPath path, int layer) throws UnreadableImage {
        if (!path.isRoot() && new Walk(root).find(path.parent()) instanceof Directory parent) {
            parent.hide(path.name(), layer);
        }
    }

    /** A layer hides all that lower layers put into this directory. */
    void hideAll(EntryPath directory, int layer) throws UnreadableImage {
        if (new Walk(root).find(directory) instanceof Directory present) {
            present.hideAll(layer);
        }
    }

    private @Nullable Node at(EntryPath path) throws UnreadableImage {
        return new Walk(root).find(path.parent()) instanceof Directory parent ? parent.child(path.name()) : null;
    }

    private Directory parent(EntryPath path, int layer) throws UnreadableImage {
        return new Walk(root).make(path.parent(), layer);
    }

    private void put(Directory parent, EntryPath path, Node node, int layer) throws UnreadableImage {
        if (++written > MOST_NODES) {
            throw new UnreadableImage("its layers write more than " + MOST_NODES + " files");
        }
        parent.put(path.name(), node, layer);
    }
}
