package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that was put aside, as far as a list tells it; all text as a terminal may show it.
 *
 * @param id where it was written: topic, partition and offset
 * @param at when it was put aside
 * @param field the field at fault
 * @param reason what is wrong with it and what to do
 * @param run the run that it names; null where it names none
 * @param key its key; null where it has none
 * @param bytes how long its body is
 */
record DeadRecord(
        String id,
        Instant at,
        String field,
        String reason,
        @Nullable String run,
        @Nullable String key,
        int bytes) {
    private static final int LONGEST_KEY = 200;

    static DeadRecord of(ConsumerRecord<String, byte[]> entry) {
        return new DeadRecord(
                id(entry),
                Instant.ofEpochMilli(entry.timestamp()),
                Escaped.line(header(entry, DeadLetter.FIELD, "body")),
                Escaped.line(header(entry, DeadLetter.REASON, "no reason was given")),
                run(entry).map(RunId::value).orElse(null),
                entry.key() == null ? null : Escaped.line(entry.key(), LONGEST_KEY),
                entry.value() == null ? 0 : entry.value().length);
    }

    /** Where it was written, as a person may write it. */
    static String id(ConsumerRecord<String, byte[]> entry) {
        return Escaped.line(header(entry, DeadLetter.TOPIC, entry.topic())
                + ":" + header(entry, DeadLetter.PARTITION, String.valueOf(entry.partition()))
                + ":" + header(entry, DeadLetter.OFFSET, String.valueOf(entry.offset())));
    }

    /** The run that it names, by its key or else by its body. */
    static Optional<RunId> run(ConsumerRecord<String, byte[]> entry) {
        if (entry.key() != null && RunId.isOne(entry.key())) {
            return Optional.of(new RunId(entry.key()));
        }
        return entry.value() == null ? Optional.empty() : runIn(entry.value());
    }

    private static Optional<RunId> runIn(byte[] body) {
        try {
            JsonNode tree = EventJson.mapper().readTree(body);
            String name = tree == null ? "" : tree.path("runId").asText("");
            return RunId.isOne(name) ? Optional.of(new RunId(name)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String header(ConsumerRecord<String, byte[]> entry, String name, String otherwise) {
        Header header = entry.headers().lastHeader(name);
        return header == null || header.value() == null
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
