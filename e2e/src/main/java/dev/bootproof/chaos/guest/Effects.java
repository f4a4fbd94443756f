package dev.bootproof.chaos.guest;

import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the world saw, independent of what Bootproof says: a file of one JSON line per effect, each appended by one write,
 * so that many processes share it.
 *
 * @param file the file
 */
public record Effects(Path file) {
    /** The file's name in the storm's directory. */
    public static final String FILE = "effects.jsonl";

    /**
     * One effect.
     *
     * @param at when
     * @param kind {@code machine-started}, {@code machine-ended}, {@code suite-started} or {@code suite-ended}
     * @param run whose
     * @param phase of which phase
     * @param suite which suite; null for machines
     * @param pid the machine's process
     */
    public record Effect(
            Instant at,
            String kind,
            String run,
            int phase,
            @Nullable String suite,
            long pid) {}

    /** The file in this storm's directory. */
    public static Effects in(Path directory) {
        return new Effects(directory.resolve(FILE));
    }

    /** Appends an effect. */
    public void append(Effect effect) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("at", effect.at());
        line.put("kind", effect.kind());
        line.put("run", effect.run());
        line.put("phase", effect.phase());
        line.put("suite", effect.suite());
        line.put("pid", effect.pid());
        byte[] text =
                (new String(EventJson.write(line), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
