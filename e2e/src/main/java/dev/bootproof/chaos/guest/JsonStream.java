package dev.bootproof.chaos.guest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** JSON values that come one after another, with or without line ends between them. */
final class JsonStream {
    /** Whether something follows cannot be known yet. */
    private static final ObjectReader ONE_VALUE =
            EventJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonParser parser;

    JsonStream(Reader from) throws IOException {
        parser = EventJson.mapper().getFactory().createParser(from);
    }

    /** The next value, or null where there is none any more. */
    @Nullable
    JsonNode next() throws IOException {
        return parser.nextToken() == null ? null : ONE_VALUE.readTree(parser);
    }
}
