package dev.bootproof.diskbuilder.rootfs;

/**
 * One entry of a layer. Each char of a text is a byte, because names are bytes.
 *
 * @param path where it lies
 * @param kind what it is
 * @param attributes owner, mode, time, extended attributes
 * @param size bytes of content that follow
 * @param link target of a symbolic or hard link
 * @param major major device number
 * @param minor minor device number
 */
record TarEntry(String path, Kind kind, Attributes attributes, long size, String link, long major, long minor) {
    /** The kinds of entries that a layer may have. */
    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO
    }
}
