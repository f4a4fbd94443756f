package dev.bootproof.diskbuilder.rootfs;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every file has besides its content.
 *
 * @param mode permission bits with setuid, setgid and sticky, without the kind
 * @param uid owner
 * @param gid group
 * @param mtime seconds since 1970
 * @param xattrs extended attributes with their raw values
 */
public record Attributes(int mode, long uid, long gid, long mtime, SortedMap<String, byte[]> xattrs) {
    private static final int PERMISSIONS = 0xfff;

    public Attributes {
        mode &= PERMISSIONS;
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** Of a directory that is needed and that no layer describes. */
    static Attributes ofImpliedDirectory() {
        return new Attributes(0755, 0, 0, 0, Collections.emptySortedMap());
    }
}
