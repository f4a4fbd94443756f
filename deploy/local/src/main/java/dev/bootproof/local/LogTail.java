package dev.bootproof.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in a log where it stopped reading. A log that was begun anew, as at a restart, is read from its beginning.
 * Not safe for threads.
 */
final class LogTail {
    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 1 << 16;

    private final String part;
    private final Path file;
    private final long most;
    private final StringBuilder half = new StringBuilder();
    private @Nullable Object key;
    private long position;
    private Instant last = Instant.EPOCH;

    LogTail(String part, Path file) {
        this(part, file, Long.MAX_VALUE);
    }

    /** Of what is older, only so many bytes: a machine's console may be endless. */
    LogTail(String part, Path file, long most) {
        this.part = part;
        this.file = file;
        this.most = most;
    }

    /** Hands over what came since the last time, and what is older the first time; nothing where there is no log. */
    void read(Consumer<LogEntry> reader) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            boolean other = key != null && !key.equals(attributes.fileKey());
            if (other || attributes.size() < position) {
                position = 0;
                half.setLength(0);
            }
            if (key == null || other) {
                position = Math.max(0, attributes.size() - most);
            }
            key = attributes.fileKey();
            if (attributes.size() > position) {
                readOn(reader);
            }
        } catch (NoSuchFileException e) {
            position = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void readOn(Consumer<LogEntry> reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(position);
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
            List<String> lines = new ArrayList<>();
            while (channel.read(bytes) > 0) {
                position += bytes.position();
                half.append(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
                bytes.clear();
                whole(lines);
                give(lines, reader);
            }
        }
    }

    /** A line too long to be one is cut where it stands. */
    private void whole(List<String> lines) {
        int begin = 0;
        for (int end = half.indexOf("\n"); end >= 0; end = half.indexOf("\n", begin)) {
            lines.add(half.substring(begin, end));
            begin = end + 1;
        }
        half.delete(0, begin);
        if (half.length() > LONGEST_LINE) {
            lines.add(half.toString());
            half.setLength(0);
        }
    }

    private void give(List<String> lines, Consumer<LogEntry> reader) {
        List<LogEntry> entries = LogEntry.of(part, lines, last);
        if (!entries.isEmpty()) {
            last = entries.getLast().at();
        }
        entries.forEach(reader);
        lines.clear();
    }
}
