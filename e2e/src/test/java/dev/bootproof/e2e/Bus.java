package dev.bootproof.e2e;

import dev.bootproof.events.Topic;
import dev.bootproof.testing.Poison;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the lab's bus whatever it is told to. */
final class Bus implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    Bus(Lab lab) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        lab.address("broker"),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        4 * Topic.MAX_MESSAGE_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Writes a record and waits until the broker has it, or says why it does not take it. */
    void write(Topic topic, Poison poison) throws InterruptedException, ExecutionException {
        var entry = new ProducerRecord<String, byte[]>(topic.topicName(), poison.key(), poison.body());
        poison.headers().forEach((name, value) -> entry.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(entry).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
