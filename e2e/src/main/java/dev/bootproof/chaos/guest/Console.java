package dev.bootproof.chaos.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that QEMU would write the guest's serial line to.
 *
 * @param file the file
 */
record Console(Path file) {
    /** Writes lines; a file that the janitor has taken away is not made again. */
    void say(String... lines) {
        byte[] text = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the console could not be written", e);
        }
    }

    /** Makes the file where there is none. */
    void open() throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
