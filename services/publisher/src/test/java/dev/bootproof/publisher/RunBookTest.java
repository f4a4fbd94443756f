package dev.bootproof.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.publisher.RunStory.StageTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunBookTest {
    private static final ImageRef IMAGE = ImageRef.parse("ghcr.io/org/os").at(Digest.of("an image"));
    private static final URI MACHINE = URI.create("http://127.0.0.1:8083/machines/one");

    private final Sent sent = Sent.about("os-testing-000000000001", IMAGE);
    private final RunBook book = new RunBook(URI.create("http://lab:8085"), 10);

    private void write(Event event, long second) {
        write(event.topic(), event.key(), EventJson.write(event), second);
    }

    private void write(Topic topic, String key, byte[] body, long second) {
        book.read(new ConsumerRecord<>(
                topic.topicName(),
                3,
                7,
                sent.start().plusSeconds(second).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                body,
                new RecordHeaders(),
                Optional.empty()));
    }

    private RunStory story() {
        return book.run(sent.run()).orElseThrow();
    }

    @Test
    void aTypedEventIsARunBeforeAnybodyTakesIt() {
        // Given
        var typed = new DigestChanged(ImageRef.parse("ghcr.io/org/os:testing"), null, null, null, null, null);

        // When
        write(typed, 0);

        // Then
        RunId expected = typed.runId(3, 7, sent.start().toEpochMilli());
        assertThat(book.runs(any -> true, 10)).singleElement().satisfies(story -> {
            assertThat(story.runId()).isEqualTo(expected);
            assertThat(story.running()).isTrue();
            assertThat(story.digest()).isNull();
            assertThat(story.page()).isEqualTo(URI.create("http://lab:8085/runs/" + expected));
        });
    }

    @Test
    void stagesBeginWithTheirLineAndEndWithTheirRecord() {
        // Given
        write(sent.line(State.HELD, Stage.DISK_BUILDER, 0), 0);
        write(sent.diskReady(), 3);
        write(sent.line(State.HELD, Stage.VM_PROVISIONER, 4), 4);

        // When
        write(sent.vmReady(MACHINE), 9);
        write(sent.line(State.HELD, Stage.TEST_RUNNER, 10), 10);

        // Then
        Instant start = sent.start();
        assertThat(story().stages())
                .containsExactly(
                        new StageTime(Stage.DISK_BUILDER, 0, start, start.plusSeconds(3)),
                        new StageTime(Stage.VM_PROVISIONER, 0, start.plusSeconds(4), start.plusSeconds(9)),
                        new StageTime(Stage.TEST_RUNNER, 0, start.plusSeconds(10), null));
        assertThat(story().machine()).isEqualTo(MACHINE);
    }

    @Test
    void recordsInAnyOrderTellTheSameStory() {
        // Given
        RunBook other = book;
        write(sent.line(State.HELD, Stage.DISK_BUILDER, 0), 0);
        write(sent.diskReady(), 3);
        write(sent.vmReady(MACHINE), 9);
        write(sent.passed(), 13);
        RunStory inOrder = other.run(sent.run()).orElseThrow();
        RunBookTest backwards = new RunBookTest();

        // When
        backwards.write(sent.passed(), 13);
        backwards.write(sent.vmReady(MACHINE), 9);
        backwards.write(sent.diskReady(), 3);
        backwards.write(sent.line(State.HELD, Stage.DISK_BUILDER, 0), 0);

        // Then
        assertThat(backwards.story()).isEqualTo(inOrder);
    }

    @Test
    void theFirstVerdictCountsAndLaterOnesAreCounted() {
        // Given
        write(sent.passed(), 13);

        // When
        write(sent.errored(Fault.DEADLINE, "too late"), 14);

        // Then
        assertThat(story().testsDone()).isEqualTo(sent.passed());
        assertThat(story().lateVerdicts()).isEqualTo(1);
        assertThat(story().finishedAt()).isEqualTo(sent.passed().finishedAt());
    }

    @Test
    void aRunIsOverWhenItsLeaseHasEnded() {
        // Given
        write(sent.line(State.HELD, Stage.DISK_BUILDER, 0), 0);
        write(sent.passed(), 13);
        boolean before = story().over(sent.start().plusSeconds(20));

        // When
        write(sent.line(State.RELEASED, Stage.JANITOR, 15, "machine one"), 15);

        // Then
        assertThat(before).isFalse();
        assertThat(story().over(sent.start().plusSeconds(20))).isTrue();
        assertThat(story().lease())
                .satisfies(lease -> assertThat(lease)
                        .extracting(RunStory.LeaseTime::removed)
                        .isEqualTo(List.of("machine one")));
    }

    @Test
    void anOldRunWhoseLeaseIsForgottenIsOver() {
        // Given
        write(sent.passed(), 13);

        // When
        RunStory story = story();

        // Then
        assertThat(story.over(sent.start().plusSeconds(20))).isFalse();
        assertThat(story.over(sent.start().plus(Duration.ofHours(2)))).isTrue();
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        // Given
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);

        // When
        write(Topic.TESTS_DONE, "nobody", garbage, 0);
        write(sent.passed(), 13);

        // Then
        assertThat(story().testsDone()).extracting("verdict").isEqualTo(Verdict.PASSED);
    }

    @Test
    void aRejectedEventIsListedOnceWithItsBeginning() {
        // Given
        byte[] body = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);

        // When
        write(Topic.DIGEST_CHANGED_DLQ, "k", body, 0);
        write(Topic.DIGEST_CHANGED_DLQ, "k", body, 1);

        // Then
        assertThat(book.rejected()).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo("digest-changed");
            assertThat(event.body()).hasSize(1024);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRejectedEventIsNoRunWhicheverIsReadFirst(boolean rejectionFirst) {
        // Given
        byte[] body = "{\"image\":\"ghcr.io/org/os:tag\",\"plan\":\"nonsense\"}".getBytes(StandardCharsets.UTF_8);

        // When
        write(rejectionFirst ? Topic.DIGEST_CHANGED_DLQ : Topic.DIGEST_CHANGED, "k", body, 0);
        write(rejectionFirst ? Topic.DIGEST_CHANGED : Topic.DIGEST_CHANGED_DLQ, "k", body, 0);

        // Then
        assertThat(book.runs(any -> true, 10)).isEmpty();
        assertThat(book.rejected()).hasSize(1);
    }

    @Test
    void onlyTheNewestRunsAreRemembered() {
        // Given
        RunBookTest busy = new RunBookTest();

        // When
        for (int n = 0; n < 25; n++) {
            Sent one = Sent.about("os-testing-0000000001%02d".formatted(n), IMAGE)
                    .from(sent.start().plusSeconds(100L * n));
            busy.write(one.passed(), 100L * n);
        }

        // Then
        List<RunStory> kept = busy.book.runs(any -> true, 100);
        assertThat(kept).hasSizeBetween(10, 11);
        assertThat(kept.getFirst().runId().value()).endsWith("124");
    }
}
