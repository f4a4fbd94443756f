package dev.bootproof.local;

import dev.bootproof.events.Topic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records that were put aside.
 *
 * @param bus where they lie
 */
record DeadLetterTopics(BusScan bus) {
    private static final String SUFFIX = ".dlq";
    private static final List<Topic> ALL = Arrays.stream(Topic.values())
            .filter(topic -> topic.topicName().endsWith(SUFFIX))
            .toList();

    /** The newest, newest first. */
    List<DeadRecord> newest(int limit) {
        return bus.all(ALL, entry -> Optional.of(DeadRecord.of(entry))).stream()
                .sorted(Comparator.comparing(DeadRecord::at).reversed())
                .limit(limit)
                .toList();
    }

    /**
     * The record of this name.
     *
     * @throws Trouble where there is none
     */
    ConsumerRecord<String, byte[]> find(String id) {
        return bus
                .all(
                        ALL,
                        entry -> DeadRecord.id(entry).equals(id)
                                ? Optional.of(entry)
                                : Optional.<ConsumerRecord<String, byte[]>>empty())
                .stream()
                .findFirst()
                .orElseThrow(() -> Trouble.usage(
                        "no record was put aside as \"" + Escaped.line(id) + "\"",
                        "./bootproof dlq lists them as TOPIC:PARTITION:OFFSET; they are kept for 30 days"));
    }
}
