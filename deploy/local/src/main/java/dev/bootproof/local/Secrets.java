package dev.bootproof.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Random bytes that only the lab knows; made once, readable by their owner alone from the first moment. */
final class Secrets {
    private static final int BYTES = 32;

    private Secrets() {}

    /** Makes a file of 32 random bytes where there is none. */
    static void bytes(Path file) {
        once(file, random());
    }

    /** Makes a file of 64 random hex digits where there is none, and reads it. */
    static String text(Path file) {
        once(file, HexFormat.of().formatHex(random()).getBytes(StandardCharsets.US_ASCII));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }

    /** Writes a file that only its owner may read, in place of the one that was there. */
    static void write(Path file, String content) {
        try {
            Files.deleteIfExists(file);
            once(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    private static void once(Path file, byte[] content) {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, how, mine);
                var out = Channels.newOutputStream(channel)) {
            out.write(content);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    private static byte[] random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
