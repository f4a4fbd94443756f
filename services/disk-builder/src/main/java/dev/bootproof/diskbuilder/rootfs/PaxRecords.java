package dev.bootproof.diskbuilder.rootfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The POSIX pax records before an entry, {@code "length key=value\n"} each. Values are kept as bytes: those of
 * capabilities and access control lists are not text.
 */
final class PaxRecords {
    private static final String XATTR = "SCHILY.xattr.";

    private final Map<String, byte[]> values = new TreeMap<>();

    /** Adds the records of one header; later ones replace earlier ones, an empty value takes one back. */
    void add(byte[] body) throws UnreadableImage {
        int at = 0;
        while (at < body.length) {
            int space = indexOf(body, ' ', at);
            int end = at + length(new String(body, at, space - at, StandardCharsets.ISO_8859_1));
            int equals = indexOf(body, '=', space);
            if (end > body.length || equals >= end || body[end - 1] != '\n') {
                throw broken();
            }
            String key = new String(body, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            values.put(key, Arrays.copyOfRange(body, equals + 1, end - 1));
            at = end;
        }
    }

    /** These records, with the local ones before them. */
    PaxRecords with(PaxRecords local) {
        PaxRecords both = new PaxRecords();
        both.values.putAll(values);
        both.values.putAll(local.values);
        return both;
    }

    /** A value as it stands, each char a byte; the other where there is none. */
    String text(String key, String other) {
        byte[] value = values.get(key);
        return value == null || value.length == 0 ? other : new String(value, StandardCharsets.ISO_8859_1);
    }

    /** A number, a fraction cut off; the other where there is none. */
    long number(String key, long other) throws UnreadableImage {
        String text = text(key, "");
        try {
            return text.isEmpty() ? other : Long.parseLong(text.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            throw new UnreadableImage("a layer is not a tar archive: " + key + " is " + text);
        }
    }

    /** The extended attributes that a Linux filesystem takes. */
    SortedMap<String, byte[]> xattrs() {
        SortedMap<String, byte[]> xattrs = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(XATTR) && isKept(key.substring(XATTR.length()))) {
                xattrs.put(key.substring(XATTR.length()), value);
            }
        });
        return xattrs;
    }

    /** Whether the entry is a sparse file of GNU tar, whose content is not what follows. */
    boolean areSparse() {
        return values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    }

    private static boolean isKept(String name) {
        return Stream.of("user.", "security.", "trusted.", "system.posix_acl_").anyMatch(name::startsWith);
    }

    private static int length(String digits) throws UnreadableImage {
        try {
            int length = Integer.parseInt(digits);
            if (length > digits.length()) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw broken();
        }
        throw broken();
    }

    private static int indexOf(byte[] body, char wanted, int from) throws UnreadableImage {
        for (int i = from; i < body.length; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        throw broken();
    }

    private static UnreadableImage broken() {
        return new UnreadableImage("a layer is not a tar archive: a pax record is broken");
    }
}
