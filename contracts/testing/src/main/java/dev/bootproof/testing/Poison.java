package dev.bootproof.testing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that no reader of its topic can understand.
 *
 * @param name what is wrong with it, for people
 * @param key the record's key
 * @param body the record's body
 * @param headers the record's headers
 * @param field the field that the reason is to name; null where there are several ways to say it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares poison
public record Poison(
        String name,
        @Nullable String key,
        byte @Nullable [] body,
        Map<String, String> headers,
        @Nullable String field) {
    @Override
    public String toString() {
        return name;
    }
}
