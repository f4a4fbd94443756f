package dev.bootproof.diskbuilder.rootfs;

import java.nio.charset.StandardCharsets;

/** The 512 bytes before an entry: POSIX ustar, and what GNU tar made of it. */
final class TarHeader {
    static final int SIZE = 512;

    private static final int BASE_256 = 0x80;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final byte[] block;

    TarHeader(byte[] block) throws UnreadableImage {
        this.block = block;
        if (number(CHECKSUM_AT, CHECKSUM_LENGTH) != checksum()) {
            throw new UnreadableImage("a layer is not a tar archive: a header's checksum is wrong");
        }
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    String path() {
        String name = text(0, 100);
        String prefix = isPosix() ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(157, 100);
    }

    int mode() throws UnreadableImage {
        return (int) number(100, 8);
    }

    long uid() throws UnreadableImage {
        return number(108, 8);
    }

    long gid() throws UnreadableImage {
        return number(116, 8);
    }

    long size() throws UnreadableImage {
        return number(124, 12);
    }

    long mtime() throws UnreadableImage {
        return number(136, 12);
    }

    long major() throws UnreadableImage {
        return number(329, 8);
    }

    long minor() throws UnreadableImage {
        return number(337, 8);
    }

    private boolean isPosix() {
        return text(257, 6).equals("ustar") && block[262] == 0;
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }

    private long number(int at, int length) throws UnreadableImage {
        if ((block[at] & BASE_256) != 0) {
            return binary(at, length);
        }
        String digits = text(at, length).trim();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new UnreadableImage("a layer is not a tar archive: \"" + digits + "\" is no octal number");
        }
    }

    private long binary(int at, int length) throws UnreadableImage {
        long value = (block[at] & 0x40) != 0 ? -1L << 6 : 0;
        value |= block[at] & 0x3f;
        for (int i = at + 1; i < at + length; i++) {
            if (value != (value << 8) >> 8) {
                throw new UnreadableImage("a layer is not a tar archive: a number does not fit 64 bits");
            }
            value = (value << 8) | (block[i] & 0xff);
        }
        return value;
    }

    private long checksum() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            boolean isChecksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += isChecksum ? ' ' : block[i] & 0xff;
        }
        return sum;
    }
}
