package dev.bootproof.diskbuilder.gpt;

import dev.bootproof.diskbuilder.HostFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an EFI program ends in memory, so that more can be put behind it. The format is Microsoft's "PE Format", sections
 * "MS-DOS Stub" and "Optional Header Windows-Specific Fields".
 *
 * @param end the first address behind it, the image base included
 */
record PeImage(long end) {
    private static final int NEW_HEADER_AT = 0x3c;
    private static final int OPTIONAL_HEADER = 24;
    private static final int PE32_PLUS = 0x20b;
    private static final int IMAGE_BASE = 24;
    private static final int SIZE_OF_IMAGE = 56;

    /** Reads it; nothing where the file is no 64-bit EFI program. */
    static Optional<PeImage> read(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < NEW_HEADER_AT + Integer.BYTES) {
                return Optional.empty();
            }
            long header = at(bytes, NEW_HEADER_AT, Integer.BYTES).getInt() & 0xffffffffL;
            long optional = header + OPTIONAL_HEADER;
            if (bytes.length() < optional + SIZE_OF_IMAGE + Integer.BYTES
                    || at(bytes, header, Integer.BYTES).getInt() != 'P' + ('E' << 8)
                    || at(bytes, optional, Short.BYTES).getShort() != PE32_PLUS) {
                return Optional.empty();
            }
            long size = at(bytes, optional + SIZE_OF_IMAGE, Integer.BYTES).getInt() & 0xffffffffL;
            return Optional.of(
                    new PeImage(at(bytes, optional + IMAGE_BASE, Long.BYTES).getLong() + size));
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }

    private static ByteBuffer at(RandomAccessFile bytes, long position, int count) throws IOException {
        byte[] read = new byte[count];
        bytes.seek(position);
        bytes.readFully(read);
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }
}
