package dev.bootproof.testrunner.console;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The table of what a console must not show, {@code console/accidents.json}.
 *
 * @param rows its rows
 * @param digest of exactly this table
 */
public record Accidents(List<Accident> rows, Digest digest) {
    private static final String TABLE = "/console/accidents.json";

    public Accidents {
        rows = List.copyOf(rows);
    }

    /** The table of this build. */
    public static Accidents table() {
        try (InputStream in = Accidents.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new FileNotFoundException(TABLE + " is not in this build");
            }
            byte[] bytes = in.readAllBytes();
            return new Accidents(EventJson.mapper().readValue(bytes, new TypeReference<>() {}), Digest.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("the table of accidents cannot be read", e);
        }
    }
}
