package dev.bootproof.publisher;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Topic;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.TopicReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who was told of which verdict and who is still to be: a compacted topic, and the view of it that every replica has. */
@ApplicationScoped
class TellingBook {
    private final Map<String, Telling> tellings = new ConcurrentHashMap<>();
    private final TopicReader reader;
    private final Bus bus;

    TellingBook(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, Bus bus) {
        this.bus = bus;
        this.reader = new TopicReader(servers, List.of(Topic.PUBLISHER_STATE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() == null) {
            tellings.remove(entry.key());
            return;
        }
        tellings.put(entry.key(), EventJson.read(entry.value(), Telling.class));
    }

    /** Waits until everything is known that was written before now. */
    void awaitPresent() {
        reader.awaitEnd();
    }

    Optional<Telling> of(String key) {
        return Optional.ofNullable(tellings.get(key));
    }

    List<Telling> all() {
        return List.copyOf(tellings.values());
    }

    /** Remembers, and waits until the own view has it. */
    void remember(Telling telling) {
        RecordMetadata written =
                bus.send(Topic.PUBLISHER_STATE, telling.key(), EventJson.write(telling), new RecordHeaders());
        reader.awaitOffset(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
    }

    /** Takes it out of the book. */
    void forget(Telling telling) {
        bus.send(Topic.PUBLISHER_STATE, telling.key(), null, new RecordHeaders());
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
