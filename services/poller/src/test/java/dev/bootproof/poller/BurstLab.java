package dev.bootproof.poller;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.TopicReader;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rest of a lab, with room for two machines: holds what is announced, and ends it some time later. */
final class BurstLab implements Closeable {
    private static final PhasePlan PHASE = new PhasePlan("boot", 512, 1, Duration.ofMinutes(1), List.of());
    private static final Plan PLAN = new Plan(
            "boot",
            new Recipe("rootfs", "ext4", 1024, List.of()),
            List.of(PHASE),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));

    private final Bus bus;
    private final Predicate<String> mine;
    private final TopicReader reader;
    private final ExecutorService machines = Executors.newFixedThreadPool(2);
    private final List<DigestChanged> announced = new ArrayList<>();
    private final List<TestsDone> verdicts = new ArrayList<>();
    private final Map<String, Set<RunId>> active = new HashMap<>();
    private final List<RunId> held = new ArrayList<>();
    private int mostActive;
    private boolean holding;

    BurstLab(String servers, Bus bus, Predicate<String> mine) {
        this.bus = bus;
        this.mine = mine;
        this.reader = new TopicReader(servers, List.of(Topic.DIGEST_CHANGED, Topic.TESTS_DONE), this::read);
        reader.start();
        reader.awaitEnd();
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.topic().equals("tests-done")) {
            TestsDone done = EventJson.read(entry.value(), TestsDone.class);
            if (done.stream() != null && mine.test(done.stream())) {
                remember(done);
            }
        } else if (mine.test(entry.key())) {
            take(EventJson.read(entry.value(), DigestChanged.class));
        }
    }

    private synchronized void remember(TestsDone done) {
        verdicts.add(done);
    }

    /** Before its verdict is written, because what that makes is read from another partition. */
    private synchronized void over(RunId run) {
        active.values().forEach(runs -> runs.remove(run));
    }

    private synchronized void take(DigestChanged event) {
        announced.add(event);
        Set<RunId> runs = active.computeIfAbsent(event.key(), stream -> new HashSet<>());
        runs.add(run(event));
        mostActive = Math.max(mostActive, runs.size());
        hold(event);
        if (holding) {
            held.add(run(event));
        } else {
            machines.execute(() -> end(event));
        }
    }

    /** From now on runs are held and not ended. */
    synchronized void holdOn() {
        holding = true;
    }

    /** Ends what was held, and all that comes. */
    synchronized void letGo() {
        holding = false;
        announced.stream()
                .filter(event -> held.contains(run(event)))
                .forEach(event -> machines.execute(() -> end(event)));
    }

    private void hold(DigestChanged event) {
        Digest digest = Objects.requireNonNull(event.digest());
        Pins pins = new Pins(event.image(), digest, digest, PLAN, event.stream(), event.generation(), Trigger.PUSH);
        Instant now = Instant.now();
        bus.send(new CleanupDue(
                run(event), State.HELD, now.plusSeconds(600), Stage.DISK_BUILDER, 0, now, pins, List.of()));
    }

    /** One stream's images never boot. */
    private void end(DigestChanged event) {
        over(run(event));
        Fault fault = event.key().contains("burst-7:") ? Fault.KERNEL_PANIC : null;
        bus.send(new TestsDone(
                run(event),
                event.image(),
                event.digest(),
                null,
                "boot",
                event.stream(),
                event.generation(),
                fault == null ? Verdict.PASSED : fault.verdict(),
                Stage.TEST_RUNNER,
                fault,
                "done",
                Counts.NONE,
                List.of(),
                Instant.now()));
    }

    static RunId run(DigestChanged event) {
        return event.runId(0, 0, 0);
    }

    /** What was announced of a stream, oldest first. */
    synchronized List<DigestChanged> announced(String stream) {
        return announced.stream().filter(event -> event.key().equals(stream)).toList();
    }

    /** The verdicts of a stream, oldest first. */
    synchronized List<TestsDone> verdicts(String stream) {
        return verdicts.stream().filter(done -> stream.equals(done.stream())).toList();
    }

    /** How often its stream had moved. */
    static long generation(TestsDone done) {
        return Objects.requireNonNull(done.generation());
    }

    /** The most runs that one stream had at a time. */
    synchronized int mostActive() {
        return mostActive;
    }

    @Override
    public void close() {
        reader.close();
        machines.shutdownNow();
    }
}
