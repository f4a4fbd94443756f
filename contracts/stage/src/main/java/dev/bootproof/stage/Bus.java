package dev.bootproof.stage;

import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Topic;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the bus: plain JSON bodies, CloudEvents 1.0 headers in binary mode, W3C trace context.
 *
 * <p>Failure: a broker that is away is waited for, without end; nothing is ever dropped. Whoever waits too long is ended
 * by the run's deadline, not here.
 */
@ApplicationScoped
public class Bus {
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final Traces traces;
    private final Clock clock;
    private final Stage stage;

    Bus(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, Traces traces, Clock clock, Stage stage) {
        this.traces = traces;
        this.clock = clock;
        this.stage = stage;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        "true",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        String.valueOf(REQUEST.toMillis()),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        String.valueOf(Integer.MAX_VALUE),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        String.valueOf(Long.MAX_VALUE),
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        "1000",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        String.valueOf(Topic.MAX_DEAD_LETTER_BYTES)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes an event and waits until the broker has it.
     *
     * @return where it lies
     */
    public RecordMetadata send(Event event) {
        ProducerRecord<String, byte[]> entry =
                new ProducerRecord<>(event.topic().topicName(), event.key(), EventJson.write(event));
        describe(entry.headers(), event);
        traces.inject(entry.headers());
        return write(entry);
    }

    /**
     * Writes a record that is not an event of the contract, as state, hints and dead letters are; a null value removes
     * a key from a compacted topic.
     */
    public RecordMetadata send(Topic topic, @Nullable String key, byte @Nullable [] value, Headers headers) {
        ProducerRecord<String, byte[]> entry = new ProducerRecord<>(topic.topicName(), null, key, value, headers);
        traces.inject(entry.headers());
        return write(entry);
    }

    private void describe(Headers headers, Event event) {
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", UUID.randomUUID().toString());
        header(headers, "ce_source", "/bootproof/" + stage.word());
        header(headers, "ce_type", event.type());
        header(headers, "ce_time", clock.instant().toString());
        header(headers, "content-type", "application/json");
        if (event instanceof RunEvent run) {
            header(headers, "ce_subject", run.runId().value());
        }
    }

    private static void header(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private RecordMetadata write(ProducerRecord<String, byte[]> entry) {
        try {
            return producer.send(entry).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to " + entry.topic(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the bus refused a record for " + entry.topic(), e.getCause());
        }
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
