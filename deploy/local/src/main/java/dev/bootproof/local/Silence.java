package dev.bootproof.local;

import dev.bootproof.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds out, where a run does not appear, which part should have spoken.
 *
 * @param lab the lab
 */
record Silence(Lab lab) {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final int EMPTY_POLLS = 3;

    /**
     * What to tell a person.
     *
     * @param wanted a text in the event that should have been written: the digest, or the image
     * @param since when the lab was told
     */
    Trouble explain(String wanted, Instant since) {
        if (!said(Topic.DIGEST_CHANGED, wanted, since)) {
            return silent(Part.POLLER, "it did not announce the new digest");
        }
        if (said(Topic.DIGEST_CHANGED_DLQ, wanted, since)) {
            return Trouble.lab("the event was not understood", "./bootproof runs --rejected says why");
        }
        if (!said(Topic.CLEANUP_DUE, "", since)) {
            return silent(Part.DISK_BUILDER, "it did not take the event");
        }
        return silent(Part.PUBLISHER, "it does not tell of the run that began");
    }

    private Trouble silent(Part part, String what) {
        return Trouble.lab(
                "no run appeared: " + part.word() + " is silent, " + what,
                "its log: " + lab.home().log(part) + "; ./bootproof status says how all parts are");
    }

    private boolean said(Topic topic, String wanted, Instant since) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                lab.state().address(Part.BROKER),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            begin(consumer, topic, since);
            for (int empty = 0; empty < EMPTY_POLLS; ) {
                var records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> message : records) {
                    if (new String(message.value(), StandardCharsets.UTF_8).contains(wanted)) {
                        return true;
                    }
                }
                empty = records.isEmpty() ? empty + 1 : 0;
            }
            return false;
        }
    }

    private static void begin(KafkaConsumer<byte[], byte[]> consumer, Topic topic, Instant since) {
        List<TopicPartition> partitions = IntStream.range(0, Topic.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            long end = Objects.requireNonNullElse(ends.get(partition), 0L);
            consumer.seek(partition, found == null ? end : found.offset());
        });
    }
}
