package dev.bootproof.stage;

import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where records go that cannot be assigned to a run: unchanged, with the reason and the origin in further headers. A
 * record that comes again, because whoever put it aside was killed before the bus knew, is not put aside again.
 */
@ApplicationScoped
public class DeadLetters {
    /** The header with the sentence that says what is wrong and what to do. */
    public static final String REASON = DeadLetter.REASON;

    /** The header with the field at fault. */
    public static final String FIELD = DeadLetter.FIELD;

    private final Map<Topic, AsideView> views = new ConcurrentHashMap<>();
    private final String servers;
    private final Bus bus;
    private final MeterRegistry metrics;

    DeadLetters(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, Bus bus, MeterRegistry metrics) {
        this.servers = servers;
        this.bus = bus;
        this.metrics = metrics;
    }

    /** Puts the record aside, unless it lies there. */
    public void send(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        Topic aside = Topic.named(entry.topic()).deadLetters();
        AsideView view = views.computeIfAbsent(aside, topic -> new AsideView(servers, topic));
        if (!view.claim(entry)) {
            Log.infof(
                    "rejected before topic=%s partition=%d offset=%d",
                    entry.topic(), entry.partition(), entry.offset());
            return;
        }
        try {
            bus.send(aside, entry.key(), entry.value(), headers(entry, why));
        } catch (RuntimeException e) {
            view.giveBack(entry);
            throw e;
        }
        metrics.counter("bootproof.dead.letters", "topic", entry.topic()).increment();
        Log.warnf("event rejected topic=%s offset=%d: %s", entry.topic(), entry.offset(), why.getMessage());
    }

    private static Headers headers(ConsumerRecord<String, byte[]> entry, MalformedEvent why) {
        Headers headers = new RecordHeaders(entry.headers());
        header(headers, DeadLetter.REASON, String.valueOf(why.getMessage()));
        header(headers, DeadLetter.FIELD, why.field());
        header(headers, DeadLetter.TOPIC, entry.topic());
        header(headers, DeadLetter.PARTITION, String.valueOf(entry.partition()));
        header(headers, DeadLetter.OFFSET, String.valueOf(entry.offset()));
        header(headers, DeadLetter.TIME, Instant.ofEpochMilli(entry.timestamp()).toString());
        return headers;
    }

    private static void header(Headers headers, String key, String value) {
        headers.remove(key).add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void close() {
        views.values().forEach(AsideView::close);
    }
}
