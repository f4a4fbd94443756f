package dev.bootproof.janitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.TopicReader;
import dev.bootproof.stage.Traces;
import dev.bootproof.testing.Poison;
import dev.bootproof.testing.PoisonCorpus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Lab.class)
class JanitorTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final RunId run = Samples.run();
    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();

    @Inject
    Bus bus;

    @Inject
    LeaseBook book;

    @Inject
    Traces traces;

    @Inject
    LocalLab lab;

    @Inject
    Rounds rounds;

    @Inject
    SweepStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    @Inject
    String servers;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(
                servers,
                List.of(Topic.CLEANUP_DUE, Topic.TESTS_DONE, Topic.TESTS_DONE_DLQ, Topic.CLEANUP_DUE_DLQ),
                seen::add);
        reader.start();
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aVerdictBecomesNothingLeft() throws IOException {
        // Given
        Path directory = directory(run, Instant.now());
        String trace = inTrace(() -> book.write(Samples.held(run, later())));
        try (FakeMachine machine = new FakeMachine(run, lab.home())) {
            // When
            bus.send(Samples.passed(run));

            // Then
            Lease lease = awaitReleased();
            assertThat(machine.runs()).isFalse();
            assertThat(directory).doesNotExist();
            assertThat(lease.lines().getLast().removed())
                    .containsExactly("machine bootproof-" + run + "-p0", "directory runs/" + run + " (0 MiB)");
            assertThat(lease.lines())
                    .extracting(CleanupDue::state)
                    .containsExactly(State.HELD, State.ENDED, State.RELEASED);
            assertThat(lease.lines()).allSatisfy(line -> assertThat(line.pins()).isNotNull());
            assertThat(traceOf(State.RELEASED)).isEqualTo(trace);
        }
    }

    @Test
    void aSecondVerdictChangesNothing() {
        // Given
        bus.send(Samples.passed(run));
        Lease before = awaitReleased();

        // When
        bus.send(Samples.passed(run));
        bus.send(Samples.passed(run));
        RunId after = Samples.run();
        bus.send(Samples.passed(after));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(state(after)).contains(State.RELEASED));
        assertThat(book.fresh(run)).contains(before);
        assertThat(before.pins()).isNull();
        assertThat(before.lines().getLast().removed()).isEmpty();
    }

    @Test
    void aRunThatMissesItsDeadlineEndsAsErrored() {
        // Given
        Instant past = Instant.now().plusMillis(300);

        // When
        book.write(Samples.held(run, past));

        // Then
        Lease lease = awaitReleased();
        assertThat(verdicts()).singleElement().satisfies(done -> {
            assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
            assertThat(done.fault()).isEqualTo(Fault.DEADLINE);
            assertThat(done.reason()).contains("vm-provisioner had phase 0 since");
        });
        assertThat(lease.lines()).hasSize(3);
    }

    @Test
    void anOverdueRunThatHasAVerdictGetsNoSecondOne() {
        // Given
        bus.send(Samples.passed(run));

        // When
        bus.send(Samples.held(run, Instant.now().minusSeconds(5)));

        // Then
        awaitReleased();
        assertThat(verdicts()).extracting(TestsDone::verdict).containsExactly(Verdict.PASSED);
    }

    @Test
    void whatHasNoLiveLeaseIsSweptAndTheRestStays() throws IOException {
        // Given
        Instant old = Instant.now().minusSeconds(3600);
        RunId held = Samples.run();
        RunId fresh = Samples.run();
        RunId past = Samples.run();
        book.write(Samples.held(held, later()));
        book.write(Samples.released(past, Instant.now()));
        Path stays = directory(held, old);
        Path young = directory(fresh, Instant.now().plusSeconds(3600));
        Path stranger = Files.createDirectories(lab.runs().resolve("Notes"));
        Files.setLastModifiedTime(stranger, FileTime.from(old));

        try (FakeMachine leaked = new FakeMachine(run, lab.home());
                FakeMachine alive = new FakeMachine(held, lab.home());
                FakeMachine other = new FakeMachine(run, Path.of(lab.home() + "2"))) {
            // When
            Path orphan = directory(run, old);
            Path again = directory(past, Instant.now().plusSeconds(3600));

            // Then
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(orphan).doesNotExist();
                assertThat(again).doesNotExist();
                assertThat(leaked.runs()).isFalse();
            });
            assertThat(alive.runs()).isTrue();
            assertThat(other.runs()).isTrue();
            assertThat(stays).exists();
            assertThat(young).exists();
            assertThat(stranger).exists();
        }
    }

    @Test
    void whoCannotLookRemovesNothing() throws IOException {
        // Given
        Files.createDirectories(lab.runs());
        Path aside = Files.move(lab.runs(), lab.home().resolve("aside"));
        Files.writeString(lab.runs(), "not a directory");
        try (FakeMachine leaked = new FakeMachine(run, lab.home())) {
            // When
            Instant start = Instant.now();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(Instant.now()).isAfter(start.plusSeconds(3));
                assertThat(rounds.state().trouble()).contains("cannot be looked at");
            });

            // Then
            assertThat(leaked.runs()).isTrue();
        } finally {
            Files.delete(lab.runs());
            Files.move(aside, lab.runs());
        }
    }

    @Test
    void aVerdictThatCannotBeReadGoesToTheDeadLettersAndEndsItsRun() {
        // Given
        book.write(Samples.held(run, later()));

        // When
        byte[] poison = "{\"verdict\":\"maybe\"}".getBytes(StandardCharsets.UTF_8);
        bus.send(Topic.TESTS_DONE, run.value(), poison, new RecordHeaders());

        // Then
        awaitReleased();
        assertThat(seen)
                .filteredOn(entry -> entry.topic().equals("tests-done.dlq"))
                .extracting(ConsumerRecord::key)
                .contains(run.value());
    }

    @Test
    void aLineThatCannotBeReadIsPutAsideOnceAndEndsItsRunWithTheSameReason() {
        // Given
        book.write(Samples.held(run, later()));

        // When
        byte[] poison = "{\"state\":\"half\"}".getBytes(StandardCharsets.UTF_8);
        bus.send(Topic.CLEANUP_DUE, run.value(), poison, new RecordHeaders());

        // Then
        awaitReleased();
        assertThat(verdicts()).singleElement().satisfies(done -> {
            assertThat(done.verdict()).isEqualTo(Verdict.ERRORED);
            assertThat(done.reason()).contains("cleanup-due cannot be read", "\"half\" is not one of");
        });
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(seen)
                        .filteredOn(entry -> entry.topic().equals("cleanup-due.dlq")
                                && run.value().equals(entry.key()))
                        .hasSize(1));
    }

    @Test
    void everyPoisonOfTheBookAndOfVerdictsIsPutAsideOnceAndAGoodRunIsCleanedUp() {
        // Given
        RunId poisoned = Samples.run();
        book.write(Samples.held(poisoned, later()));
        book.write(Samples.held(run, later()));
        List<Poison> lines = PoisonCorpus.of(Topic.CLEANUP_DUE, poisoned.value(), 5);
        List<Poison> verdicts = PoisonCorpus.of(Topic.TESTS_DONE, poisoned.value(), 5);

        // When
        int before = aside().size();
        lines.forEach(poison -> write(Topic.CLEANUP_DUE, poison));
        verdicts.forEach(poison -> write(Topic.TESTS_DONE, poison));
        bus.send(Samples.passed(run));

        // Then
        awaitReleased();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(aside()).hasSize(before + lines.size() + verdicts.size()));
        assertThat(aside()).doesNotHaveDuplicates();
        assertThat(state(poisoned)).isPresent().get().isNotEqualTo(State.HELD);
    }

    private void write(Topic topic, Poison poison) {
        RecordHeaders headers = new RecordHeaders();
        poison.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        bus.send(topic, poison.key(), poison.body(), headers);
    }

    private List<String> aside() {
        reader.awaitEnd();
        return seen.stream()
                .filter(entry -> entry.topic().endsWith(".dlq"))
                .map(entry ->
                        entry.topic() + header(entry, DeadLetter.PARTITION) + "/" + header(entry, DeadLetter.OFFSET))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> entry, String name) {
        return new String(entry.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aLeaseReleasedLongAgoIsForgotten() {
        // Given
        book.write(Samples.released(run, Instant.now().minus(Duration.ofDays(15))));

        // When
        store.sweep();

        // Then
        assertThat(book.fresh(run)).isEmpty();
    }

    private Lease awaitReleased() {
        await().atMost(SOON).untilAsserted(() -> assertThat(state(run)).contains(State.RELEASED));
        reader.awaitEnd();
        return book.lease(run).orElseThrow();
    }

    private Optional<State> state(RunId asked) {
        return book.lease(asked).map(Lease::state);
    }

    private List<TestsDone> verdicts() {
        return seen.stream()
                .filter(entry ->
                        entry.topic().equals("tests-done") && run.value().equals(entry.key()))
                .map(entry -> EventJson.read(entry.value(), TestsDone.class))
                .toList();
    }

    private String inTrace(Runnable work) {
        return traces.span("test", SpanKind.INTERNAL, Context.root(), run, () -> {
            work.run();
            return Span.current().getSpanContext().getTraceId();
        });
    }

    private String traceOf(State state) {
        return seen.stream()
                .filter(entry ->
                        entry.topic().equals("cleanup-due") && run.value().equals(entry.key()))
                .filter(entry -> EventJson.read(entry.value(), CleanupDue.class).state() == state)
                .map(entry -> Span.fromContext(traces.extract(entry.headers()))
                        .getSpanContext()
                        .getTraceId())
                .findFirst()
                .orElseThrow();
    }

    private Path directory(RunId of, Instant changed) throws IOException {
        Path directory = Files.createDirectories(lab.run(of));
        Files.setLastModifiedTime(directory, FileTime.from(changed));
        return directory;
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }
}
