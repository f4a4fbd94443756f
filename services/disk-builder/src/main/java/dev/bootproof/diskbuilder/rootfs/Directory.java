package dev.bootproof.diskbuilder.rootfs;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory: the one kind of file that later layers change instead of replacing it. */
public final class Directory implements Node {
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private Attributes attributes;

    Directory(Attributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public Attributes attributes() {
        return attributes;
    }

    /** Its entries, in the order of their names' bytes; each char of a name is a byte. */
    public SortedMap<String, Entry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    void describe(Attributes described) {
        this.attributes = described;
    }

    @Nullable
    Node child(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.node();
    }

    void put(String name, Node node, int layer) {
        entries.put(name, new Entry(node, layer));
    }

    /** Hides what lower layers put under this name; what the layer itself wrote stays. */
    void hide(String name, int layer) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return;
        }
        if (entry.layer() < layer) {
            entries.remove(name);
        } else if (entry.node() instanceof Directory directory) {
            directory.hideAll(layer);
        }
    }

    /** Hides everything that lower layers put here. */
    void hideAll(int layer) {
        for (String name : entries.keySet().toArray(String[]::new)) {
            hide(name, layer);
        }
    }

    /**
     * A name in a directory.
     *
     * @param node what it names
     * @param layer the last layer, from 0, that wrote it
     */
    public record Entry(Node node, int layer) {}
}
