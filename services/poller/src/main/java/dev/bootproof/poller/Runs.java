package dev.bootproof.poller;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.poller.StreamState.Announced;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.TopicReader;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What becomes of the runs that streams announced: the lease book and the first verdict of each. */
@ApplicationScoped
class Runs {
    private static final int REPEATS = 2;

    private final Map<RunId, RunStatus.Over> verdicts = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, RunId>> listeners = new CopyOnWriteArrayList<>();
    private final TopicReader reader;
    private final LeaseBook book;
    private final PollerConfig config;
    private final Clock clock;

    Runs(
            @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
            LeaseBook book,
            PollerConfig config,
            Clock clock) {
        this.book = book;
        this.config = config;
        this.clock = clock;
        this.reader = new TopicReader(servers, List.of(Topic.TESTS_DONE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
        book.onChange(this::note);
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        readable(entry).filter(done -> done.stream() != null).ifPresent(this::note);
    }

    /** What cannot be read is no verdict; the janitor puts it aside. */
    private static Optional<TestsDone> readable(ConsumerRecord<String, byte[]> entry) {
        try {
            return Optional.of(Reading.event(entry, TestsDone.class));
        } catch (MalformedEvent e) {
            Log.debugf("no verdict offset=%d: %s", entry.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private void note(TestsDone done) {
        String stream = String.valueOf(done.stream());
        if (verdicts.putIfAbsent(done.runId(), new RunStatus.Over(retryable(done), done.finishedAt())) == null) {
            listeners.forEach(listener -> listener.accept(stream, done.runId()));
        }
    }

    /** Only what errored is worth another attempt; a failure of the image is never tried into green. */
    private static @Nullable Fault retryable(TestsDone done) {
        return switch (done.verdict()) {
            case ERRORED -> done.fault();
            case PASSED, FAILED, SKIPPED -> null;
        };
    }

    private void note(Lease lease) {
        if (!lease.held() && lease.pins() != null && lease.pins().stream() != null) {
            String stream = lease.pins().stream();
            listeners.forEach(listener -> listener.accept(stream, lease.runId()));
        }
    }

    /** Tells the listener, by stream and run, of every run that ends from now on; it must not block. */
    void onEnd(BiConsumer<String, RunId> listener) {
        listeners.add(listener);
    }

    /** Waits until everything is known that was said before now. */
    void awaitPresent() {
        book.awaitCaughtUp();
        reader.awaitEnd();
    }

    /** What became of a run that was announced; null stands for none. */
    RunStatus statusOf(@Nullable Announced announced) {
        if (announced == null) {
            return new RunStatus.None();
        }
        RunStatus.Over verdict = verdicts.get(announced.runId());
        if (verdict != null) {
            return verdict;
        }
        return book.lease(announced.runId()).map(this::statusOf).orElseGet(() -> unseen(announced));
    }

    private RunStatus statusOf(Lease lease) {
        return lease.held() ? new RunStatus.Busy() : new RunStatus.Over(null, lease.until());
    }

    /**
     * Nobody knows of it: not yet, not at all, or not any more, because books are not kept for ever. What nobody took
     * however often it was announced keeps no newer digest waiting.
     */
    private RunStatus unseen(Announced announced) {
        Instant now = clock.instant();
        if (now.isBefore(announced.at().plus(config.lostAfter()))) {
            return new RunStatus.Busy();
        }
        if (announced.repeats() < REPEATS && now.isBefore(announced.at().plus(Topic.CLEANUP_DUE.retention()))) {
            return new RunStatus.Lost();
        }
        return new RunStatus.Over(null, announced.at());
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
