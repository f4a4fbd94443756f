package dev.bootproof.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads fields of which the schema has said that they are what they must be. */
final class Fields {
    private Fields() {}

    static Duration duration(JsonNode around, String field) {
        return Duration.parse(around.path(field).asText());
    }

    static LocalDate day(JsonNode around, String field) {
        return LocalDate.parse(around.path(field).asText());
    }

    static @Nullable String text(JsonNode around, String field) {
        return around.has(field) ? around.path(field).asText() : null;
    }

    static <T> List<T> all(JsonNode array, Function<JsonNode, T> reader) {
        return StreamSupport.stream(array.spliterator(), false).map(reader).toList();
    }
}
