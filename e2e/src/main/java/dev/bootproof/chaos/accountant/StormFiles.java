package dev.bootproof.chaos.accountant;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a storm: one JSON object a line. One that is not there is empty.
 *
 * <p>Failure: a line that cannot be read throws {@link IOException} naming file, line and what is wrong with it: books
 * with a page torn out prove nothing.
 */
final class StormFiles {
    private final Path directory;

    StormFiles(Path directory) {
        this.directory = directory;
    }

    List<Effect> effects() throws IOException {
        return read("effects.jsonl", Effect.class);
    }

    List<Fired> fired() throws IOException {
        return read("fired.jsonl", Fired.class);
    }

    List<Struck> hazards() throws IOException {
        return read("hazards.jsonl", Struck.class);
    }

    List<Notice> notices() throws IOException {
        return read("notified.jsonl", Notice.class);
    }

    private <T> List<T> read(String name, Class<T> type) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<T> all = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                if (!line.isBlank()) {
                    all.add(EventJson.read(line.getBytes(StandardCharsets.UTF_8), type));
                }
            } catch (MalformedEvent e) {
                throw new IOException(file + ":" + number + " cannot be read: " + e.getMessage(), e);
            }
        }
        return all;
    }
}
