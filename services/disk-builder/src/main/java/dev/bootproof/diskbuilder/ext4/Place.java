package dev.bootproof.diskbuilder.ext4;

import java.nio.file.Path;

/**
 * Where a filesystem is made.
 *
 * @param file a file; the filesystem's own must not exist, one with partitions must
 * @param offset where in the file it begins, in bytes
 * @param sizeMiB its size, which is sparse
 */
public record Place(Path file, long offset, int sizeMiB) {
    /** A file of its own. */
    public static Place whole(Path file, int sizeMiB) {
        return new Place(file, 0, sizeMiB);
    }

    /** How libext2fs is told. */
    String name() {
        return offset == 0 ? file.toString() : file + "?offset=" + offset;
    }

    /** How mkfs is told, behind its other extended options. */
    String option() {
        return offset == 0 ? "" : ",offset=" + offset;
    }
}
