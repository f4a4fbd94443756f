package dev.bootproof.local;

import dev.bootproof.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what is in a topic now, once.
 *
 * @param bootstrap the broker's address
 */
record BusScan(String bootstrap) {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Everything in the topic that this makes something of, in the order of each partition.
     *
     * @throws Trouble where the broker does not answer
     */
    <T> List<T> all(Topic topic, Function<ConsumerRecord<String, byte[]>, Optional<T>> reading) {
        return all(List.of(topic), reading);
    }

    /** The same of several topics. */
    <T> List<T> all(List<Topic> topics, Function<ConsumerRecord<String, byte[]>, Optional<T>> reading) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                        LIMIT.toMillis());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    topics.stream().flatMap(BusScan::partitions).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<T> found = new ArrayList<>();
            long until = System.nanoTime() + LIMIT.toNanos();
            while (!reached(consumer, ends) && System.nanoTime() < until) {
                consumer.poll(POLL).forEach(entry -> reading.apply(entry).ifPresent(found::add));
            }
            return found;
        } catch (KafkaException e) {
            throw Trouble.lab("the broker does not answer: " + e.getMessage(), "./bootproof status says more");
        }
    }

    private static Stream<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, Topic.PARTITIONS).mapToObj(n -> new TopicPartition(topic.topicName(), n));
    }

    private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
