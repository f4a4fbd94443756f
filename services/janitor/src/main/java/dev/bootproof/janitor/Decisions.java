package dev.bootproof.janitor;

import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.stage.Partitions;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.TopicReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How runs ended, for people who ask about one: the first {@code tests-done} of each, of the last ten thousand.
 *
 * <p>Failure: while the broker is away, whoever asks waits.
 */
@ApplicationScoped
class Decisions {
    private static final int MOST = 10_000;

    private final Map<RunId, TestsDone> first = Collections.synchronizedMap(new LastOnes());
    private final TopicReader reader;

    Decisions(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.reader = new TopicReader(servers, List.of(Topic.TESTS_DONE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        parsed(entry).ifPresent(done -> first.putIfAbsent(done.runId(), done));
    }

    /** What cannot be read is {@link CleanUp}'s to put aside. */
    private static Optional<TestsDone> parsed(ConsumerRecord<String, byte[]> entry) {
        try {
            return Optional.of(Reading.event(entry, TestsDone.class));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }

    /** How this run ended, after reading to the present end; empty where it did not, or so long ago. */
    Optional<TestsDone> of(RunId run) {
        reader.awaitEnd(List.of(Partitions.of(Topic.TESTS_DONE, run.value())));
        return Optional.ofNullable(first.get(run));
    }

    @PreDestroy
    void close() {
        reader.close();
    }

    /** Forgets the oldest. */
    private static final class LastOnes extends LinkedHashMap<RunId, TestsDone> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, TestsDone> eldest) {
            return size() > MOST;
        }
    }
}
