package dev.bootproof.poller;

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

/** What is remembered of every stream: a compacted topic, and the view of it that every replica has. */
@ApplicationScoped
class StateBook {
    private final Map<String, StreamState> states = new ConcurrentHashMap<>();
    private final TopicReader reader;
    private final Bus bus;

    StateBook(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, Bus bus) {
        this.bus = bus;
        this.reader = new TopicReader(servers, List.of(Topic.POLLER_STATE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() == null) {
            states.remove(entry.key());
            return;
        }
        states.put(entry.key(), EventJson.read(entry.value(), StreamState.class));
    }

    /** Waits until everything is known that was written before now. */
    void awaitPresent() {
        reader.awaitEnd();
    }

    /** What is remembered of this stream. */
    Optional<StreamState> of(String stream) {
        return Optional.ofNullable(states.get(stream));
    }

    /** Remembers, and waits until the own view has it. */
    void remember(StreamState state) {
        RecordMetadata written =
                bus.send(Topic.POLLER_STATE, state.stream(), EventJson.write(state), new RecordHeaders());
        reader.awaitOffset(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
