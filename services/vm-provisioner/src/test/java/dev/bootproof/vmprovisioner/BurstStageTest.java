package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.TopicReader;
import dev.bootproof.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** More disks at once than there is room for machines; a real broker, and machines that are up at once. */
@QuarkusTest
@TestProfile(Fleet.Profile.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(LabResource.class)
@SuppressWarnings("NullAway.Init") // injected
class BurstStageTest {
    private static final int STREAMS = 40;
    private static final int DISKS = 500;
    private static final int HOG = 110;

    private final List<RunId> up = Collections.synchronizedList(new ArrayList<>());
    private final Map<RunId, TestsDone> verdicts = new ConcurrentHashMap<>();

    @Inject
    Bus bus;

    @Inject
    LeaseBook book;

    @Inject
    Fleet fleet;

    @Inject
    Clock clock;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Test
    void fiveHundredDisksOfFortyStreamsAllGetTheirMachineInFairTurns() {
        try (var reader = new TopicReader(servers, List.of(Topic.VM_READY, Topic.TESTS_DONE), this::read)) {
            // Given
            reader.start();
            for (int n = 0; n < DISKS; n++) {
                hold(run(n), n);
            }
            book.refresh();

            // When
            for (int n = 0; n < DISKS; n++) {
                bus.send(diskReady(run(n)));
            }

            // Then
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(up.size() + verdicts.size()).isEqualTo(DISKS));
            assertThat(fleet.most()).isLessThanOrEqualTo(2);
            assertThat(new HashSet<>(up)).hasSameSizeAs(up);
            assertThat(verdicts.values()).allSatisfy(done -> {
                assertThat(done.fault()).isEqualTo(Fault.KERNEL_PANIC);
                assertThat(done.image().stream()).contains(Fleet.FAILING);
            });
            assertThat(up.subList(0, DISKS / 2).stream().filter(BurstStageTest::hogs))
                    .hasSizeLessThan(HOG / 3);
            assertThat(up).allSatisfy(this::assertWaitingWasNoWork);
        }
    }

    /** The lease was renewed when the machine was given its room: from then on it has all the time that is left. */
    private void assertWaitingWasNoWork(RunId run) {
        CleanupDue begun = book.lease(run).orElseThrow().lines().getLast();
        Plan plan = Objects.requireNonNull(begun.pins()).plan();
        assertThat(begun.by()).isEqualTo(Stage.VM_PROVISIONER);
        assertThat(Duration.between(begun.at(), begun.until())).isEqualTo(plan.remaining(Stage.VM_PROVISIONER, 0));
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.topic().equals("vm-ready")) {
            RunId run = EventJson.read(entry.value(), VmReady.class).runId();
            up.add(run);
            fleet.end(run);
        } else {
            TestsDone done = EventJson.read(entry.value(), TestsDone.class);
            verdicts.put(done.runId(), done);
        }
    }

    /** The first of all are one stream's, so that all others stand behind it. */
    private static RunId run(int n) {
        return new RunId((n < HOG ? "hog" : "other") + "-%012x".formatted(n));
    }

    private static boolean hogs(RunId run) {
        return run.value().startsWith("hog-");
    }

    private void hold(RunId run, int n) {
        CleanupDue like = example("cleanup-due.v1.held", CleanupDue.class);
        Pins pins = Objects.requireNonNull(like.pins());
        String stream = "stream-" + (n < HOG ? 0 : n % STREAMS) + ":latest";
        Pins of = new Pins(
                ImageRef.parse("lab.example:5000/org/" + stream),
                pins.digest(),
                pins.platformDigest(),
                pins.plan(),
                null,
                null,
                pins.trigger());
        Instant now = clock.instant();
        bus.send(new CleanupDue(run, State.HELD, now.plusSeconds(900), Stage.DISK_BUILDER, 0, now, of, List.of()));
    }

    private static DiskReady diskReady(RunId run) {
        DiskReady like = example("disk-ready.v1.rootfs", DiskReady.class);
        return new DiskReady(run, 0, like.inputs(), like.samples());
    }

    private static <E> E example(String name, Class<E> type) {
        try (InputStream body = Objects.requireNonNull(
                BurstStageTest.class.getResourceAsStream("/contracts/examples/" + name + ".json"), name)) {
            return EventJson.read(body.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
