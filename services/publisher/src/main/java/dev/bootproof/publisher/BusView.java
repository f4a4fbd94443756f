package dev.bootproof.publisher;

import dev.bootproof.events.Topic;
import dev.bootproof.stage.TopicReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Keeps the run book: reads every topic that tells about runs, whole. Ready when it has reached the end once.
 *
 * <p>Failure: while the broker is away the book stands still.
 */
@Readiness
@ApplicationScoped
class BusView implements HealthCheck {
    private static final List<Topic> TOPICS = List.of(
            Topic.DIGEST_CHANGED,
            Topic.DISK_READY,
            Topic.VM_READY,
            Topic.TESTS_DONE,
            Topic.CLEANUP_DUE,
            Topic.PUBLISHER_STATE,
            Topic.DIGEST_CHANGED_DLQ,
            Topic.DISK_READY_DLQ,
            Topic.VM_READY_DLQ,
            Topic.TESTS_DONE_DLQ,
            Topic.CLEANUP_DUE_DLQ);

    private final RunBook book;
    private final TopicReader reader;
    private volatile boolean caughtUp;

    BusView(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, PublisherConfig config) {
        this.book = new RunBook(config.url(), config.runs());
        this.reader = new TopicReader(servers, TOPICS, book::read);
    }

    @Produces
    @Singleton
    RunBook book() {
        return book;
    }

    void start(@Observes StartupEvent event) {
        reader.start();
        Thread.ofVirtual().name("run-book").start(() -> {
            reader.awaitEnd();
            caughtUp = true;
        });
    }

    /** Reads to the present end of everything. */
    void refresh() {
        reader.awaitEnd();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bus read to its end").status(caughtUp).build();
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
