package dev.bootproof.chaos.accountant;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * All records of all topics, from the beginning to the end that is seen at the start.
 *
 * <p>Failure: throws {@link org.apache.kafka.common.KafkaException} where the broker does not answer within a minute.
 */
final class BusReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String bootstrap;

    BusReader(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    List<Line> read() {
        try (var consumer =
                new KafkaConsumer<>(configuration(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = partitions();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            return read(consumer, consumer.endOffsets(all));
        }
    }

    private Map<String, Object> configuration() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
    }

    private static List<TopicPartition> partitions() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> IntStream.range(0, Topic.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)))
                .toList();
    }

    private static List<Line> read(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<Line> lines = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(entry -> lines.add(line(entry)));
        }
        lines.sort(Comparator.comparing((Line line) -> line.place().topic())
                .thenComparingInt(line -> line.place().partition())
                .thenComparingLong(line -> line.place().offset()));
        return lines;
    }

    static Line line(ConsumerRecord<String, byte[]> entry) {
        Topic topic = Topic.named(entry.topic());
        Map<String, String> headers = new HashMap<>();
        entry.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Line(
                new Place(topic, entry.partition(), entry.offset()),
                Instant.ofEpochMilli(entry.timestamp()),
                entry.key(),
                content(topic, entry.key(), entry.value()),
                headers);
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static Content content(Topic topic, @Nullable String key, byte @Nullable [] body) {
        return switch (topic) {
            case DIGEST_CHANGED -> event(key, body, DigestChanged.class);
            case DISK_READY -> event(key, body, DiskReady.class);
            case VM_READY -> event(key, body, VmReady.class);
            case TESTS_DONE -> event(key, body, TestsDone.class);
            case CLEANUP_DUE -> body == null ? new Content.Nothing() : event(key, body, CleanupDue.class);
            case POLLER_STATE, POLLER_HINTS, PUBLISHER_STATE -> new Content.Other();
            case DIGEST_CHANGED_DLQ, DISK_READY_DLQ, VM_READY_DLQ, TESTS_DONE_DLQ, CLEANUP_DUE_DLQ ->
                new Content.Other();
        };
    }

    private static <E extends Event> Content event(@Nullable String key, byte @Nullable [] body, Class<E> type) {
        if (body == null) {
            return new Content.Unreadable("it has no body");
        }
        try {
            E event = EventJson.read(body, type);
            return event instanceof RunEvent about && !about.key().equals(key)
                    ? new Content.Unreadable("its key is " + key + " and it is about the run " + about.runId())
                    : new Content.Said(event);
        } catch (MalformedEvent e) {
            return new Content.Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
