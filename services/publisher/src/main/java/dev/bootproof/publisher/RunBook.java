package dev.bootproof.publisher;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Reading;
import io.quarkus.logging.Log;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest runs as the bus tells them, and the events that were rejected; waits for changes on behalf of readers. */
final class RunBook {
    private static final int REJECTED = 1000;
    private static final Comparator<RunStory> NEWEST = Comparator.comparing(RunStory::startedAt)
            .reversed()
            .thenComparing(story -> story.runId().value());

    private final URI pages;
    private final int largest;
    private final Map<RunId, RunFold> folds = new HashMap<>();
    private final Map<RunId, RunStory> stories = new HashMap<>();
    private final Map<String, RunId> asked = new HashMap<>();
    private final Map<String, RejectedEvent> rejected = new LinkedHashMap<>();
    private long version;

    /**
     * @param pages where people find the pages
     * @param largest how many runs are remembered
     */
    RunBook(URI pages, int largest) {
        this.pages = pages;
        this.largest = largest;
    }

    /** Takes one record of any topic; what cannot be read is somebody else's to complain about. */
    synchronized void read(ConsumerRecord<String, byte[]> entry) {
        try {
            fold(Topic.named(entry.topic()), entry);
        } catch (MalformedEvent e) {
            Log.debugf("not readable topic=%s offset=%d: %s", entry.topic(), entry.offset(), e.getMessage());
        }
        version++;
        notifyAll();
    }

    private void fold(Topic topic, ConsumerRecord<String, byte[]> entry) {
        Instant at = Instant.ofEpochMilli(entry.timestamp());
        switch (topic) {
            case DIGEST_CHANGED -> ask(entry, at);
            case DISK_READY -> {
                var event = Reading.event(entry, DiskReady.class);
                change(event.runId(), fold -> fold.diskReady(event.phase(), at));
            }
            case VM_READY -> {
                var event = Reading.event(entry, VmReady.class);
                change(event.runId(), fold -> fold.vmReady(event, at));
            }
            case TESTS_DONE -> {
                var event = Reading.event(entry, TestsDone.class);
                change(event.runId(), fold -> fold.testsDone(event));
            }
            case CLEANUP_DUE -> line(entry);
            case PUBLISHER_STATE -> told(entry);
            case POLLER_STATE, POLLER_HINTS -> {}
            case DIGEST_CHANGED_DLQ, DISK_READY_DLQ, VM_READY_DLQ, TESTS_DONE_DLQ, CLEANUP_DUE_DLQ ->
                reject(RejectedEvent.of(entry));
        }
    }

    /** An event that was rejected is no run, whichever of the two records is read first. */
    private void ask(ConsumerRecord<String, byte[]> entry, Instant at) {
        var event = Reading.event(entry, DigestChanged.class);
        RunId run = event.runId(entry.partition(), entry.offset(), entry.timestamp());
        String place = RejectedEvent.place(entry.topic(), entry.partition(), entry.offset());
        if (!rejected.containsKey(place)) {
            asked.put(place, run);
            change(run, fold -> fold.asked(event, at));
        }
    }

    private void line(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() == null) {
            RunId run = new RunId(entry.key());
            if (folds.containsKey(run)) {
                change(run, RunFold::forgetLease);
            }
            return;
        }
        var line = Reading.event(entry, CleanupDue.class);
        change(line.runId(), fold -> fold.line(line));
    }

    /** Of a run that is forgotten here, or a telling that is, nothing is shown. */
    private void told(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() != null) {
            var telling = EventJson.read(entry.value(), Telling.class);
            change(telling.facts().runId(), fold -> fold.told(telling));
        }
    }

    private void change(RunId run, Consumer<RunFold> change) {
        RunFold fold = folds.computeIfAbsent(run, RunFold::new);
        change.accept(fold);
        stories.put(run, fold.story(pages));
        if (stories.size() > largest + largest / 10) {
            stories.values().stream()
                    .sorted(NEWEST)
                    .skip(largest)
                    .map(RunStory::runId)
                    .toList()
                    .forEach(this::forget);
        }
    }

    private void forget(RunId run) {
        folds.remove(run);
        stories.remove(run);
        asked.values().remove(run);
    }

    private void reject(RejectedEvent event) {
        rejected.putIfAbsent(event.place(), event);
        RunId run = asked.get(event.place());
        RunFold fold = run == null ? null : folds.get(run);
        if (run != null && fold != null && !fold.taken()) {
            forget(run);
        }
        if (rejected.size() > REJECTED) {
            rejected.remove(rejected.keySet().iterator().next());
        }
    }

    /** This run, where it is known. */
    synchronized Optional<RunStory> run(RunId run) {
        return Optional.ofNullable(stories.get(run));
    }

    /** The run about this digest that still runs, else the newest one. */
    synchronized Optional<RunStory> newest(Digest digest) {
        return stories.values().stream()
                .filter(story -> story.about(digest))
                .min(Comparator.comparing(RunStory::state).thenComparing(NEWEST));
    }

    /** The newest runs of this kind, newest first. */
    synchronized List<RunStory> runs(Predicate<RunStory> kind, int limit) {
        return stories.values().stream()
                .filter(kind)
                .sorted(NEWEST)
                .limit(limit)
                .toList();
    }

    /** What was rejected, newest first. */
    synchronized List<RejectedEvent> rejected() {
        return rejected.values().stream()
                .sorted(Comparator.comparing(RejectedEvent::at).reversed())
                .toList();
    }

    /** Counts the changes, to wait for the next one. */
    synchronized long version() {
        return version;
    }

    /** Waits until there is a change after this version, or the reader has gone, but no longer than this. */
    synchronized void awaitChange(long after, BooleanSupplier gone, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toMillis();
        while (version == after && left > 0 && !gone.getAsBoolean()) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** Has everyone who waits look again whether they still want to. */
    synchronized void wake() {
        notifyAll();
    }
}
