package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.stage.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The bus as a person with kcat sees it. */
final class TestBus implements AutoCloseable {
    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();
    private final KafkaProducer<String, String> producer;
    private final TopicReader reader;

    TestBus(String servers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
        reader = new TopicReader(
                servers,
                List.of(Topic.DISK_READY, Topic.TESTS_DONE, Topic.CLEANUP_DUE, Topic.DIGEST_CHANGED_DLQ),
                seen::add);
        reader.start();
    }

    /** Types a line, without key and headers. */
    RecordMetadata type(String body) {
        try {
            return producer.send(new ProducerRecord<>(Topic.DIGEST_CHANGED.topicName(), body))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the first event of this run on the topic that the type goes to. */
    <E extends RunEvent> E await(RunId run, Topic topic, Class<E> type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(all(run, topic, type)).isNotEmpty());
        return all(run, topic, type).getFirst();
    }

    /** All events of a run on a topic so far. */
    <E extends RunEvent> List<E> all(RunId run, Topic topic, Class<E> type) {
        return records(topic).stream()
                .filter(entry -> run.value().equals(entry.key()))
                .map(entry -> EventJson.read(entry.value(), type))
                .toList();
    }

    /** Waits until a dead letter has this body. */
    ConsumerRecord<String, byte[]> awaitDeadLetter(String body) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(records(Topic.DIGEST_CHANGED_DLQ))
                        .anyMatch(entry -> body(entry).equals(body)));
        return records(Topic.DIGEST_CHANGED_DLQ).stream()
                .filter(entry -> body(entry).equals(body))
                .findFirst()
                .orElseThrow();
    }

    private static String body(ConsumerRecord<String, byte[]> entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        return seen.stream()
                .filter(entry -> entry.topic().equals(topic.topicName()))
                .toList();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        reader.close();
    }
}
