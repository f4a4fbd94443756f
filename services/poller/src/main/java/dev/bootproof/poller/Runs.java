package dev.bootproof.poller;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.poller.StreamState.Announced;
import dev.bootproof.stage.LabCanary;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the runs that streams announced: the lease book and the first verdict of each; and, of everybody's
 * runs, when a boot stalled last.
 */
@ApplicationScoped
class Runs {
    private static final int REPEATS = 2;

    private final Map<RunId, RunStatus.Over> verdicts = new ConcurrentHashMap<>();
    private final Map<RunId, String> unwell = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, RunId>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> alarmed = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> stalledAt = new AtomicReference<>(Instant.EPOCH);
    private final TopicReader reader;
    private final LeaseBook book;
    private final LabCanary canary;
    private final PollerConfig config;
    private final Clock clock;

    Runs(
            @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
            LeaseBook book,
            LabCanary canary,
            PollerConfig config,
            Clock clock) {
        this.book = book;
        this.canary = canary;
        this.config = config;
        this.clock = clock;
        this.reader = new TopicReader(servers, List.of(Topic.TESTS_DONE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
        book.onChange(this::note);
        canary.onWord(this::wakeWhoWaits);
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        readable(entry).ifPresent(done -> {
            noteStall(done);
            if (done.stream() != null) {
                note(done, done.stream());
            }
        });
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

    private void noteStall(TestsDone done) {
        if (done.fault() == Fault.BOOT_STALLED && !done.canary()) {
            stalledAt.accumulateAndGet(done.finishedAt(), (one, other) -> one.isAfter(other) ? one : other);
            alarmed.forEach(Runnable::run);
        }
    }

    private void note(TestsDone done, String stream) {
        if (verdicts.putIfAbsent(done.runId(), new RunStatus.Over(retryable(done), done.finishedAt())) == null) {
            if (done.fault() == Fault.LAB_UNWELL) {
                unwell.put(done.runId(), stream);
            }
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

    /** The canary spoke: it is looked at, and where the lab is well again, so is what the lab could not tell. */
    private void wakeWhoWaits() {
        alarmed.forEach(Runnable::run);
        if (canary.trouble().isEmpty()) {
            Map.copyOf(unwell).forEach((run, stream) -> {
                unwell.remove(run);
                listeners.forEach(listener -> listener.accept(stream, run));
            });
        }
    }

    /** What asks for the canary. */
    Alarm alarm() {
        Instant stalled = stalledAt.get();
        return new Alarm(
                stalled.equals(Instant.EPOCH) ? null : stalled, canary.trouble().isPresent());
    }

    /** Tells the listener that a boot stalled or that the canary spoke; it must not block. */
    void onAlarm(Runnable listener) {
        alarmed.add(listener);
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
            return waitsForTheLab(verdict) ? new RunStatus.Over(null, verdict.at()) : verdict;
        }
        return book.lease(announced.runId()).map(this::statusOf).orElseGet(() -> unseen(announced));
    }

    /** While the lab is unwell another attempt would tell no more. */
    private boolean waitsForTheLab(RunStatus.Over verdict) {
        return verdict.fault() == Fault.LAB_UNWELL && canary.trouble().isPresent();
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
