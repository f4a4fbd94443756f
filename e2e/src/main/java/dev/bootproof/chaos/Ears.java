package dev.bootproof.chaos;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Hears on the bus, from its beginning, which runs begin and how each ends. */
final class Ears implements AutoCloseable {
    private static final Duration AT_MOST = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BiConsumer<RunId, DigestChanged> begun;
    private final BiConsumer<RunId, TestsDone> ended;
    private final Thread thread;

    /**
     * Begins to listen.
     *
     * @param begun called for every event of the topic {@code digest-changed}
     * @param ended called for every record of the topic {@code tests-done}, late ones too
     */
    Ears(String bootstrap, BiConsumer<RunId, DigestChanged> begun, BiConsumer<RunId, TestsDone> ended) {
        this.begun = begun;
        this.ended = ended;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = Stream.of(Topic.DIGEST_CHANGED, Topic.TESTS_DONE)
                .flatMap(topic ->
                        IntStream.range(0, Topic.PARTITIONS).mapToObj(n -> new TopicPartition(topic.topicName(), n)))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.thread = Thread.ofPlatform().name("ears").daemon().start(this::listen);
    }

    private void listen() {
        try (consumer) {
            while (true) {
                consumer.poll(AT_MOST).forEach(this::hear);
            }
        } catch (WakeupException e) {
            // Closed: nobody asks any more.
            thread.interrupt();
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> heard) {
        try {
            if (heard.topic().equals(Topic.TESTS_DONE.topicName())) {
                TestsDone done = EventJson.read(heard.value(), TestsDone.class);
                ended.accept(done.runId(), done);
            } else {
                DigestChanged event = EventJson.read(heard.value(), DigestChanged.class);
                begun.accept(event.runId(heard.partition(), heard.offset(), heard.timestamp()), event);
            }
        } catch (MalformedEvent e) {
            // What is no event is no run: the accountant looks for it among the dead letters.
            return;
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
