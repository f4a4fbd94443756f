package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** Events as JSON: readers ignore what they do not know, writers leave out what is not there. */
public final class EventJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** What says the same name twice says two things, and another reader may take the other. */
    private static final ObjectReader READER = MAPPER.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private EventJson() {}

    /** The mapper itself, for bodies that are not events. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The JSON of this value. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a value of the contract could not be written as JSON", e);
        }
    }

    /**
     * Reads a body.
     *
     * @throws MalformedEvent naming the field and saying what to do
     */
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            T value = READER.forType(type).readValue(body);
            if (value == null) {
                throw new MalformedEvent("body", "the body is null: write a JSON object");
            }
            return value;
        } catch (JsonMappingException e) {
            throw malformed(e);
        } catch (JacksonException e) {
            throw new MalformedEvent(
                    "body", "the body is not JSON, write one JSON object: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedEvent("body", "the body is not text, write one JSON object in UTF-8: " + e.getMessage());
        }
    }

    private static MalformedEvent malformed(JsonMappingException e) {
        if (e.getCause() instanceof MalformedEvent named) {
            return named;
        }
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        if (path.isEmpty()) {
            return new MalformedEvent(
                    "body", "the body is not a JSON object of this event: " + firstLine(e.getOriginalMessage()));
        }
        return new MalformedEvent(path, "\"" + path + "\" cannot be read: " + firstLine(e.getOriginalMessage()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
