package dev.bootproof.stage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.testing.KafkaResource;
import dev.bootproof.testing.Poison;
import dev.bootproof.testing.PoisonCorpus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@SuppressWarnings("NullAway.Init") // injected
class WorkStageTest {
    private final BlockingQueue<ConsumerRecord<String, byte[]>> written = new LinkedBlockingQueue<>();

    @Inject
    Bus bus;

    @Inject
    LeaseBook book;

    @Inject
    Boots boots;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Clock clock;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(servers, List.of(Topic.TESTS_DONE, Topic.DISK_READY_DLQ), written::add);
        reader.start();
        reader.awaitEnd();
        written.clear();
    }

    @AfterEach
    void stop() {
        reader.close();
    }

    private static <E> E example(String name, Class<E> type) {
        try (InputStream body = Objects.requireNonNull(
                WorkStageTest.class.getResourceAsStream("/contracts/examples/" + name + ".json"), name)) {
            return EventJson.read(body.readAllBytes(), type);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Lease lease(RunId run, State state) {
        CleanupDue like = example("cleanup-due.v1.held", CleanupDue.class);
        return book.write(new CleanupDue(
                run,
                state,
                clock.instant().plusSeconds(60),
                Stage.DISK_BUILDER,
                0,
                clock.instant(),
                like.pins(),
                List.of()));
    }

    private void diskReady(RunId run) {
        DiskReady like = example("disk-ready.v1.rootfs", DiskReady.class);
        bus.send(new DiskReady(run, 0, like.inputs(), like.samples()));
    }

    private ConsumerRecord<String, byte[]> next() throws InterruptedException {
        return Objects.requireNonNull(written.poll(20, SECONDS), "nothing was written in 20 s");
    }

    private TestsDone verdict() throws InterruptedException {
        return EventJson.read(next().value(), TestsDone.class);
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> entry, String name) {
        var header = entry.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aHeldRunIsTakenAndItsLeaseRenewed() throws InterruptedException {
        // Given
        RunId run = new RunId("good-000000000001");
        lease(run, State.HELD);
        // When
        diskReady(run);
        // Then
        ConsumerRecord<String, byte[]> entry = next();
        assertThat(EventJson.read(entry.value(), TestsDone.class).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(entry.key()).isEqualTo(run.value());
        assertThat(header(entry, "ce_type")).isEqualTo("dev.bootproof.tests.done.v1");
        assertThat(header(entry, "ce_subject")).isEqualTo(run.value());
        assertThat(book.lease(run).orElseThrow().lines()).hasSize(2);
    }

    @Test
    void aRunThatIsNotHeldIsPassedOver() throws InterruptedException {
        // Given
        RunId over = new RunId("over-000000000002");
        RunId marker = new RunId("good-000000000003");
        lease(over, State.HELD);
        lease(over, State.ENDED);
        lease(marker, State.HELD);
        // When
        diskReady(over);
        diskReady(marker);
        // Then
        assertThat(verdict().runId()).isEqualTo(marker);
        assertThat(boots.taken()).doesNotContain(over.value());
    }

    @Test
    void aRunThatHasAVerdictIsPassedOverThoughItsLeaseIsStillHeld() throws InterruptedException {
        // Given
        RunId run = new RunId("good-000000000008");
        RunId marker = new RunId("good-000000000009");
        lease(run, State.HELD);
        lease(marker, State.HELD);
        diskReady(run);
        assertThat(verdict().runId()).isEqualTo(run);
        // When
        diskReady(run);
        diskReady(marker);
        // Then
        assertThat(verdict().runId()).isEqualTo(marker);
    }

    @Test
    void aFaultBecomesTheVerdictOfTheTable() throws InterruptedException {
        // Given
        RunId run = new RunId("panics-000000000004");
        lease(run, State.HELD);
        // When
        diskReady(run);
        // Then
        TestsDone done = verdict();
        assertThat(done.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(done.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(done.reason()).contains("Attempted to kill init!");
    }

    @Test
    void aBugIsTheLabsFault() throws InterruptedException {
        // Given
        RunId run = new RunId("buggy-000000000005");
        lease(run, State.HELD);
        // When
        diskReady(run);
        // Then
        TestsDone done = verdict();
        assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(done.fault()).isEqualTo(Fault.LAB_BUG);
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsReasonAndTheNextRecordIsTaken() throws InterruptedException {
        // Given
        RunId run = new RunId("good-000000000006");
        lease(run, State.HELD);
        // When
        bus.send(Topic.DISK_READY, "nobody", "{\"phase\":0}".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        diskReady(run);
        // Then
        List<ConsumerRecord<String, byte[]>> both = List.of(next(), next());
        assertThat(both)
                .anySatisfy(entry -> {
                    assertThat(entry.topic()).isEqualTo("disk-ready.dlq");
                    assertThat(header(entry, DeadLetters.FIELD)).isEqualTo("runId");
                    assertThat(header(entry, DeadLetters.REASON)).contains("runId");
                })
                .anySatisfy(entry -> assertThat(entry.topic()).isEqualTo("tests-done"));
    }

    @Test
    void poisonOfAHeldRunEndsTheRunWithTheSameReason() throws InterruptedException {
        // Given
        RunId run = new RunId("good-000000000007");
        lease(run, State.HELD);
        // When
        bus.send(Topic.DISK_READY, run.value(), "garbage".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        // Then
        ConsumerRecord<String, byte[]> first = next();
        ConsumerRecord<String, byte[]> second = next();
        ConsumerRecord<String, byte[]> done = first.topic().equals("tests-done") ? first : second;
        assertThat(EventJson.read(done.value(), TestsDone.class).fault()).isEqualTo(Fault.LAB_BUG);
        assertThat(List.of(first.topic(), second.topic())).containsExactlyInAnyOrder("tests-done", "disk-ready.dlq");
    }

    @Test
    void everyPoisonLiesOnceInTheDeadLettersAndAGoodRunGoesThrough() throws InterruptedException {
        // Given
        RunId poisoned = new RunId("poisoned-00000000000a");
        RunId good = new RunId("good-00000000000b");
        lease(poisoned, State.HELD);
        lease(good, State.HELD);
        List<Poison> corpus = PoisonCorpus.of(Topic.DISK_READY, poisoned.value(), 3);
        // When
        corpus.forEach(this::write);
        diskReady(good);
        // Then
        List<TestsDone> verdicts = new ArrayList<>();
        List<String> places = new ArrayList<>();
        while (verdicts.size() < 2 || places.size() < corpus.size()) {
            ConsumerRecord<String, byte[]> entry = next();
            if (entry.topic().equals("tests-done")) {
                verdicts.add(EventJson.read(entry.value(), TestsDone.class));
            } else {
                places.add(header(entry, DeadLetter.PARTITION) + "/" + header(entry, DeadLetter.OFFSET));
                assertThat(header(entry, DeadLetter.REASON)).isNotBlank();
            }
        }
        assertThat(places).doesNotHaveDuplicates();
        assertThat(verdicts)
                .anySatisfy(done -> assertThat(done.runId()).isEqualTo(good))
                .anySatisfy(done -> {
                    assertThat(done.runId()).isEqualTo(poisoned);
                    assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
                    assertThat(done.reason()).contains("disk-ready cannot be read");
                });
    }

    @Test
    void whatWasPutAsideAndComesAgainIsNotPutAsideAgain() throws InterruptedException {
        // Given
        var entry = new ConsumerRecord<>("disk-ready", 4, 4_000_000, "nobody", new byte[] {'{'});
        // When
        deadLetters.send(entry, new MalformedEvent("body", "first"));
        deadLetters.send(entry, new MalformedEvent("body", "second"));
        deadLetters.send(
                new ConsumerRecord<>("disk-ready", 4, 4_000_001, "nobody", new byte[] {'{'}),
                new MalformedEvent("body", "third"));
        // Then
        assertThat(List.of(reason(next()), reason(next()))).containsExactly("first", "third");
    }

    @Test
    void aPhaseThatThePlanDoesNotHaveIsSaid() throws InterruptedException {
        // Given
        RunId run = new RunId("good-00000000000c");
        lease(run, State.HELD);
        DiskReady like = example("disk-ready.v1.rootfs", DiskReady.class);
        // When
        bus.send(new DiskReady(run, 99, like.inputs(), like.samples()));
        // Then
        assertThat(verdict().reason()).contains("\"phase\" is 99");
        assertThat(header(next(), DeadLetter.FIELD)).isEqualTo("phase");
    }

    private void write(Poison poison) {
        RecordHeaders headers = new RecordHeaders();
        poison.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        bus.send(Topic.DISK_READY, poison.key(), poison.body(), headers);
    }

    private static String reason(ConsumerRecord<String, byte[]> entry) {
        return String.valueOf(header(entry, DeadLetter.REASON));
    }
}
