package dev.bootproof.chaos.hazard;

import dev.bootproof.chaos.ChaosLab;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Records are delivered once more: the same key, body and headers again at the end of their partition, as a producer does
 * that did not hear that it was heard. Of {@code digest-changed} that is no hazard but another wish, so it stays alone.
 *
 * @param name the hazard's name
 * @param whose which records, by whether their run is open
 */
record SaidAgain(String name, BiPredicate<Boolean, RandomGenerator> whose) implements Hazard {
    private static final List<Topic> TOPICS = List.of(Topic.DISK_READY, Topic.VM_READY, Topic.TESTS_DONE);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MOST = 50;

    /** All that belongs to runs that are open. */
    static Hazard now() {
        return new SaidAgain("deliver-twice", (open, _) -> open);
    }

    /** Some of what belongs to runs that have ended. */
    static Hazard late() {
        return new SaidAgain("late-duplicate", (open, random) -> !open && random.nextInt(5) == 0);
    }

    @Override
    public Mending strike(ChaosLab lab, RandomGenerator random) throws IOException {
        Set<String> open = lab.open().stream().map(RunId::value).collect(Collectors.toCollection(HashSet::new));
        List<ConsumerRecord<String, byte[]>> chosen = all(lab.bootstrap()).stream()
                .filter(heard -> whose.test(open.contains(heard.key()), random))
                .toList();
        List<ConsumerRecord<String, byte[]>> last = chosen.subList(Math.max(0, chosen.size() - MOST), chosen.size());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", lab.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ConsumerRecord<String, byte[]> heard : last) {
                var _ = producer.send(copy(heard)).get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the broker did not take a copy", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return () -> {};
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<String, byte[]> heard) {
        byte[] key = heard.key() == null ? null : heard.key().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new ProducerRecord<>(heard.topic(), heard.partition(), key, heard.value(), heard.headers());
    }

    private static List<ConsumerRecord<String, byte[]>> all(String bootstrap) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    TOPICS.stream().flatMap(SaidAgain::partitions).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(QUIET).forEach(all::add);
            }
        }
        return all;
    }

    private static Stream<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, Topic.PARTITIONS).mapToObj(n -> new TopicPartition(topic.topicName(), n));
    }
}
