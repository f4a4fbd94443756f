package dev.bootproof.poller;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Topic;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.Partitions;
import dev.bootproof.stage.TopicReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What is remembered of streams and pull requests: a compacted topic, and the view of it that every replica has. */
@ApplicationScoped
class StateBook {
    private final Map<String, StreamState> streams = new ConcurrentHashMap<>();
    private final Map<String, PullState> pulls = new ConcurrentHashMap<>();
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
            streams.remove(entry.key());
            pulls.remove(entry.key());
        } else if (entry.key().startsWith(PullState.PREFIX)) {
            pulls.put(entry.key(), EventJson.read(entry.value(), PullState.class));
        } else {
            streams.put(entry.key(), EventJson.read(entry.value(), StreamState.class));
        }
    }

    /** Waits until everything is known that was written before now. */
    void awaitPresent() {
        reader.awaitEnd();
    }

    /** What is remembered of this stream. */
    Optional<StreamState> of(String stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    /** What is remembered of this stream after reading to the present end: what to ask right before anything is said. */
    Optional<StreamState> fresh(String stream) {
        reader.awaitEnd(List.of(Partitions.of(Topic.POLLER_STATE, stream)));
        return of(stream);
    }

    /** What is remembered of this pull request, by its key. */
    Optional<PullState> pull(String key) {
        return Optional.ofNullable(pulls.get(key));
    }

    /** The same after reading to the present end. */
    Optional<PullState> freshPull(String key) {
        reader.awaitEnd(List.of(Partitions.of(Topic.POLLER_STATE, key)));
        return pull(key);
    }

    /** All streams that anything is remembered of. */
    Collection<StreamState> streams() {
        return List.copyOf(streams.values());
    }

    /** All pull requests that anything is remembered of. */
    Collection<PullState> pulls() {
        return List.copyOf(pulls.values());
    }

    /** Remembers, and waits until the own view has it. */
    void remember(StreamState state) {
        write(state.stream(), EventJson.write(state));
    }

    /** Remembers, and waits until the own view has it. */
    void remember(PullState state) {
        write(state.key(), EventJson.write(state));
    }

    /** Forgets a pull request. */
    void forget(PullState state) {
        write(state.key(), null);
    }

    private void write(String key, byte @Nullable [] value) {
        RecordMetadata written = bus.send(Topic.POLLER_STATE, key, value, new RecordHeaders());
        reader.awaitOffset(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
