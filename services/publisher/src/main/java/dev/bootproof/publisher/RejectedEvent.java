package dev.bootproof.publisher;

import dev.bootproof.stage.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be understood.
 *
 * @param topic the topic it was written to
 * @param partition its partition there
 * @param offset its offset there
 * @param at when it was put aside
 * @param reason what is wrong with it and what to do
 * @param field the field at fault, or {@code body}
 * @param body the first KiB of it
 */
record RejectedEvent(String topic, int partition, long offset, Instant at, String reason, String field, String body) {
    private static final int LONGEST = 1024;
    private static final String SUFFIX = ".dlq";

    static RejectedEvent of(ConsumerRecord<String, byte[]> entry) {
        return new RejectedEvent(
                header(entry, "dead-letter-topic", entry.topic().replace(SUFFIX, "")),
                (int) number(header(entry, "dead-letter-partition", ""), entry.partition()),
                number(header(entry, "dead-letter-offset", ""), entry.offset()),
                Instant.ofEpochMilli(entry.timestamp()),
                header(entry, DeadLetters.REASON, "no reason was given"),
                header(entry, DeadLetters.FIELD, "body"),
                body(entry.value()));
    }

    /** Where it was written, by which two consumers' complaints about one record are told to be one. */
    String place() {
        return place(topic, partition, offset);
    }

    /** A record's place on the bus, as a key. */
    static String place(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static String body(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        return new String(value, 0, Math.min(value.length, LONGEST), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<String, byte[]> entry, String name, String otherwise) {
        Header header = entry.headers().lastHeader(name);
        return header == null || header.value() == null
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }
}
