package dev.bootproof.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.VmReady;
import dev.bootproof.testing.Poison;
import dev.bootproof.testing.PoisonCorpus;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingTest {
    private static final String RUN = "poisoned-0123456789ab";
    private static final int ROUNDS = 20_000;

    static Stream<Arguments> poisons() {
        return Stream.of(Topic.DIGEST_CHANGED, Topic.DISK_READY, Topic.VM_READY, Topic.TESTS_DONE, Topic.CLEANUP_DUE)
                .flatMap(topic -> PoisonCorpus.of(topic, RUN, 7).stream().map(poison -> Arguments.of(topic, poison)));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void poisonIsRefusedByTheNameOfItsFieldInASentence(Topic topic, Poison poison) {
        // Given
        ConsumerRecord<String, byte[]> entry = record(topic, poison);
        // When
        Throwable thrown = catchThrowable(() -> Reading.event(entry, eventOf(topic)));
        // Then
        assertThat(thrown).isInstanceOfSatisfying(MalformedEvent.class, why -> {
            assertThat(why.field()).isNotBlank().hasSizeLessThan(200);
            assertThat(why.getMessage()).isNotBlank().hasSizeLessThan(800);
            if (poison.field() != null) {
                assertThat(why.field()).as(why.getMessage()).isEqualTo(poison.field());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"DIGEST_CHANGED", "DISK_READY", "VM_READY", "TESTS_DONE", "CLEANUP_DUE"})
    void whateverHappensToABodyItIsReadOrRefusedAndNothingElse(Topic topic) {
        // Given
        Random random = new Random(11);
        byte[] good = EventJson.write(PoisonCorpus.example(topic));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            // When
            Throwable thrown = catchThrowable(() -> EventJson.read(body, eventOf(topic)));
            // Then
            if (thrown != null) {
                assertThat(thrown).as(new String(body, StandardCharsets.UTF_8)).isInstanceOf(MalformedEvent.class);
            }
        }
    }

    @Test
    void theRunsOfARecordAreThoseItNamesThoughItCannotBeRead() {
        // Given
        byte[] body = "{\"runId\":\"inside-0123456789ab\",\"phase\":[]}".getBytes(StandardCharsets.UTF_8);
        // When
        var runs = Reading.runsOf(new ConsumerRecord<>("disk-ready", 0, 0, RUN, body));
        // Then
        assertThat(runs).containsExactly(new RunId(RUN), new RunId("inside-0123456789ab"));
        assertThat(Reading.runsOf(new ConsumerRecord<>("disk-ready", 0, 0, null, new byte[] {1})))
                .isEmpty();
    }

    @Test
    void whatAPersonTypesNeedsNeitherKeyNorHeaders() {
        // Given
        byte[] typed = "{\"image\":\"localhost:5000/os\"}".getBytes(StandardCharsets.UTF_8);
        // When
        DigestChanged event =
                Reading.event(new ConsumerRecord<>("digest-changed", 0, 0, null, typed), DigestChanged.class);
        // Then
        assertThat(event.image().tag()).isEqualTo("latest");
    }

    @SuppressWarnings("NullAway") // Kafka says null for none
    private static ConsumerRecord<String, byte[]> record(Topic topic, Poison poison) {
        var entry = new ConsumerRecord<String, byte[]>(topic.topicName(), 0, 0, poison.key(), poison.body());
        poison.headers().forEach((name, value) -> entry.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return entry;
    }

    private static Class<? extends Event> eventOf(Topic topic) {
        return switch (topic) {
            case DIGEST_CHANGED -> DigestChanged.class;
            case DISK_READY -> DiskReady.class;
            case VM_READY -> VmReady.class;
            case TESTS_DONE -> TestsDone.class;
            default -> CleanupDue.class;
        };
    }
}
