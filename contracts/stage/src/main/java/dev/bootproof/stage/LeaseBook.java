package dev.bootproof.stage;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The lease book as this service sees it: the whole topic, folded, kept up to date; and beside it which runs have a
 * verdict, so that nobody works on between the verdict and the janitor's line about it.
 *
 * <p>Failure: while the broker is away the view stands still and whoever wants to be sure of it waits.
 */
@ApplicationScoped
public class LeaseBook {
    private final Map<RunId, Lease> leases = new ConcurrentHashMap<>();
    private final Map<RunId, Context> contexts = new ConcurrentHashMap<>();
    private final Set<RunId> decided = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Lease>> listeners = new CopyOnWriteArrayList<>();
    private final TopicReader reader;
    private final Bus bus;
    private final Traces traces;
    private final LabCanary canary;
    private volatile boolean caughtUp;

    LeaseBook(
            @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
            Bus bus,
            Traces traces,
            LabCanary canary) {
        this.canary = canary;
        this.bus = bus;
        this.traces = traces;
        this.reader = new TopicReader(servers, List.of(Topic.CLEANUP_DUE, Topic.TESTS_DONE), this::read);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
        Thread.ofVirtual().name("lease-book").start(this::awaitCaughtUp);
    }

    /** What names no run is passed over: it can belong to nobody. */
    private void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.key() != null && RunId.isOne(entry.key())) {
            read(new RunId(entry.key()), entry);
        }
    }

    private void read(RunId run, ConsumerRecord<String, byte[]> entry) {
        if (entry.topic().equals(Topic.TESTS_DONE.topicName())) {
            decided.add(run);
            canary.read(entry);
            return;
        }
        if (entry.value() == null) {
            leases.remove(run);
            contexts.remove(run);
            return;
        }
        readable(entry).ifPresent(line -> fold(run, line, entry));
    }

    /** What cannot be read changes nothing; the janitor puts it aside. */
    private static Optional<CleanupDue> readable(ConsumerRecord<String, byte[]> entry) {
        try {
            return Optional.of(Reading.event(entry, CleanupDue.class));
        } catch (MalformedEvent e) {
            Log.debugf("no line of the lease book offset=%d: %s", entry.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private void fold(RunId run, CleanupDue line, ConsumerRecord<String, byte[]> entry) {
        Lease before = leases.get(run);
        Lease after = Lease.fold(before, line);
        contexts.putIfAbsent(run, traces.extract(entry.headers()));
        leases.put(run, after);
        if (!after.equals(before)) {
            listeners.forEach(listener -> listener.accept(after));
        }
    }

    /** Waits until the view has reached the end that the book has now; at once when it has been there before. */
    public void awaitCaughtUp() {
        if (!caughtUp) {
            reader.awaitEnd();
            caughtUp = true;
        }
    }

    /** Whether the view has been at the end of the book once. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** The lease of this run as far as it has been read. */
    public Optional<Lease> lease(RunId run) {
        return Optional.ofNullable(leases.get(run));
    }

    /** The lease of this run after reading to the present end of the book: what to ask right before a create. */
    public Optional<Lease> fresh(RunId run) {
        reader.awaitEnd(
                List.of(Partitions.of(Topic.CLEANUP_DUE, run.value()), Partitions.of(Topic.TESTS_DONE, run.value())));
        return lease(run);
    }

    /** Whether this run has a verdict as far as has been read; from then on nothing is made for it. */
    public boolean decided(RunId run) {
        return decided.contains(run);
    }

    /** The lease of this run if it may be worked for: held, and no verdict is out, after reading to the present end. */
    public Optional<Lease> live(RunId run) {
        return fresh(run).filter(lease -> lease.held() && !decided(run));
    }

    /** Reads to the present end of the whole book. */
    public void refresh() {
        reader.awaitEnd();
    }

    /** Writes a line, waits until the own view has passed it, and returns what everybody now reads. */
    public Lease write(CleanupDue line) {
        RecordMetadata written = bus.send(line);
        reader.awaitOffset(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
        return lease(line.runId())
                .orElseThrow(() -> new IllegalStateException("a line was written and cannot be read: " + line.runId()));
    }

    /** All leases as far as they have been read. */
    public Collection<Lease> leases() {
        return List.copyOf(leases.values());
    }

    /** The trace that the run's first line was written in. */
    public Context context(RunId run) {
        return contexts.getOrDefault(run, Context.root());
    }

    /** Tells the listener of every lease that changes from now on, on the reading thread: it must not block. */
    public void onChange(Consumer<Lease> listener) {
        listeners.add(listener);
    }

    @PreDestroy
    void close() {
        reader.close();
    }
}
