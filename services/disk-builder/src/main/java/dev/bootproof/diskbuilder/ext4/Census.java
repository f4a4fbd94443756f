package dev.bootproof.diskbuilder.ext4;

import dev.bootproof.diskbuilder.rootfs.Directory;
import dev.bootproof.diskbuilder.rootfs.Node;
import java.util.IdentityHashMap;

/** How many names each file of a tree has, how many files there are, and how many blocks they fill. */
final class Census {
    private static final int BLOCK = 4096;

    private final IdentityHashMap<Node, Integer> names = new IdentityHashMap<>();
    private long blocks;

    private Census() {}

    static Census of(Directory root) {
        Census census = new Census();
        census.count(root);
        return census;
    }

    /** How many names this file has. */
    int names(Node node) {
        return names.getOrDefault(node, 1);
    }

    /** How many files there are. */
    int files() {
        return names.size();
    }

    /** Blocks of 4 KiB that contents and directories fill at least. */
    long blocks() {
        return blocks;
    }

    private void count(Node node) {
        if (names.merge(node, 1, Integer::sum) > 1) {
            return;
        }
        switch (node) {
            case Directory directory -> {
                blocks++;
                directory.entries().values().forEach(entry -> count(entry.node()));
            }
            case Node.RegularFile file -> blocks += (file.size() + BLOCK - 1) / BLOCK;
            case Node.Symlink _, Node.Device _, Node.Fifo _ -> {}
        }
    }
}
