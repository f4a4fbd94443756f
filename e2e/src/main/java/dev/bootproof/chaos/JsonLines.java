package dev.bootproof.chaos;

import dev.bootproof.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of one JSON object a line, each appended by one write.
 *
 * @param file the file
 */
record JsonLines(Path file) {
    /** Appends an object. */
    synchronized void append(Object line) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(EventJson.write(line));
        text.write('\n');
        try {
            Files.write(file, text.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
