package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.events.Digest;
import org.jspecify.annotations.Nullable;

/** A file of any kind. Two names of one node are hard links, so nodes are compared by identity. */
public sealed interface Node permits Directory, Node.RegularFile, Node.Symlink, Node.Device, Node.Fifo {
    /** Owner, mode, times and extended attributes. */
    Attributes attributes();

    /**
     * A regular file.
     *
     * @param attributes its attributes
     * @param content the name of its content in the spool
     * @param size its length in bytes
     * @param digest of its content; null where it is no sample
     */
    record RegularFile(
            Attributes attributes,
            String content,
            long size,
            @Nullable Digest digest) implements Node {}

    /**
     * A symbolic link.
     *
     * @param attributes its attributes
     * @param target what it says, each char a byte
     */
    record Symlink(Attributes attributes, String target) implements Node {}

    /**
     * A device node.
     *
     * @param attributes its attributes
     * @param kind {@code c} or {@code b}
     * @param major major number
     * @param minor minor number
     */
    record Device(Attributes attributes, char kind, long major, long minor) implements Node {}

    /**
     * A named pipe.
     *
     * @param attributes its attributes
     */
    record Fifo(Attributes attributes) implements Node {}
}
