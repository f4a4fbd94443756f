package dev.bootproof.stage;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Where records go that cannot be assigned to a run: unchanged, with the reason and the origin in headers. */
@ApplicationScoped
public class DeadLetters {
    /** The header with the sentence that says what is wrong and what to do. */
    public static final String REASON = "dead-letter-reason";

    /** The header with the field at fault. */
    public static final String FIELD = "dead-letter-field";

    private final Bus bus;
    private final MeterRegistry metrics;

    DeadLetters(Bus bus, MeterRegistry metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    /** Puts the record aside. */
    public void send(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        Headers headers = new RecordHeaders();
        header(headers, REASON, String.valueOf(why.getMessage()));
        header(headers, FIELD, why.field());
        header(headers, "dead-letter-topic", entry.topic());
        header(headers, "dead-letter-partition", String.valueOf(entry.partition()));
        header(headers, "dead-letter-offset", String.valueOf(entry.offset()));
        bus.send(Topic.named(entry.topic()).deadLetters(), entry.key(), entry.value(), headers);
        metrics.counter("bootproof.dead.letters", "topic", entry.topic()).increment();
        Log.warnf("event rejected topic=%s offset=%d: %s", entry.topic(), entry.offset(), why.getMessage());
    }

    private static void header(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
