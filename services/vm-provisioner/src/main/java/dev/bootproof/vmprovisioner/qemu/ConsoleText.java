package dev.bootproof.vmprovisioner.qemu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A console as it is shown and kept: whole, or its beginning and its end, at most one MiB. */
final class ConsoleText {
    private static final int HEAD = 256 << 10;
    private static final int TAIL = 768 << 10;

    private ConsoleText() {}

    static byte[] of(Path file) {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (RandomAccessFile console = new RandomAccessFile(file.toFile(), "r")) {
            long length = console.length();
            if (length <= HEAD + TAIL) {
                return read(console, 0, (int) length);
            }
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(read(console, 0, HEAD));
            String gap = "\n[... " + (length - HEAD - TAIL) + " bytes left out ...]\n";
            both.writeBytes(gap.getBytes(StandardCharsets.UTF_8));
            both.writeBytes(read(console, length - TAIL, TAIL));
            return both.toByteArray();
        } catch (IOException e) {
            return ("the console cannot be read: " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] read(RandomAccessFile console, long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        console.seek(from);
        console.readFully(bytes);
        return bytes;
    }
}
