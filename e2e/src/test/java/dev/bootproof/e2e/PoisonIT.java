package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.e2e.Command.Outcome;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Topic;
import dev.bootproof.testing.Poison;
import dev.bootproof.testing.PoisonCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is wrong with a record of any topic, it is put aside once with its reason, and delays nobody. */
@Order(4)
@Tag("slow")
@ExtendWith(LabExtension.class)
class PoisonIT {
    private static final List<Topic> TOPICS =
            List.of(Topic.DIGEST_CHANGED, Topic.DISK_READY, Topic.VM_READY, Topic.TESTS_DONE, Topic.CLEANUP_DUE);
    private static final List<String> SERVICES =
            List.of("poller", "disk-builder", "vm-provisioner", "test-runner", "publisher", "janitor");
    private static final String NOBODY = "poisoned-0123456789ab";
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Lab lab;

    PoisonIT(Lab lab) {
        this.lab = lab;
    }

    @Test
    void everyPoisonOnEveryTopicIsPutAsideOnceAndAGoodRunGoesThroughMeanwhile() throws Exception {
        // Given
        lab.up();
        ImageRef image = lab.images().push(lab.images().demo(), "beside-poison:latest");
        List<Long> before = pids();
        int aside = dlq().size();
        lab.kcat("{\"image\":\"" + image + "\"}");
        // When
        int written = poisonAll();
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(dlq()).hasSize(aside + written));
        assertThat(dlq().findValuesAsText("id")).doesNotHaveDuplicates();
        assertThat(dlq().findValuesAsText("reason")).noneMatch(String::isBlank);
        Run run = lab.awaitVerdict(lab.awaitRun(image.toString(), 1).id());
        assertThat(run.verdict()).as(run.summary()).isEqualTo("passed");
        assertThat(dlq()).hasSize(aside + written);
        assertThat(pids()).isEqualTo(before);
        assertThat(lab.bootproof("status").exit()).isZero();
    }

    @Test
    void aRecordOfARunEndsTheRunWithTheSameReasonAndIsReplayedAsANewAttempt() throws Exception {
        // Given
        lab.up();
        ImageRef image = lab.images().push(lab.images().demo(), "poisoned:latest");
        lab.kcat("{\"image\":\"" + image + "\"}");
        Run fired = lab.awaitRun(image.toString(), 1);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(lab.run(fired.id()).leaseState()).isEqualTo("held"));
        // When
        try (Bus bus = new Bus(lab)) {
            byte[] body = "{\"runId\":\"%s\",\"phase\":\"\u001b[2J\"}"
                    .formatted(fired.id())
                    .getBytes(StandardCharsets.UTF_8);
            bus.write(Topic.DISK_READY, new Poison("of a run", fired.id(), body, Map.of(), null));
        }
        // Then
        Run over = lab.awaitVerdict(fired.id());
        assertThat(over.verdict()).as(over.summary()).isEqualTo("errored");
        assertThat(over.reason()).contains("disk-ready cannot be read");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(dlq().findValuesAsText("run")).contains(fired.id()));
        String id = idOf(fired.id());
        assertThat(lab.bootproof("dlq", "show", id).out())
                .contains("reason", fired.id())
                .doesNotContain("\u001b");
        Outcome replay = lab.bootproof("dlq", "replay", id);
        assertThat(replay.exit()).as(replay.toString()).isZero();
        Run again = lab.awaitVerdict(lab.awaitRun(image.toString(), 2).id());
        assertThat(again.verdict()).as(again.summary()).isEqualTo("passed");
        assertThat(replay.out()).contains(again.id(), "./bootproof show");
        lab.awaitNothingLeft(fired.id());
    }

    @Test
    void whatMakesNoSenseIsNotReplayed() throws Exception {
        // Given
        lab.up();
        int aside = dlq().size();
        // When
        lab.kcat("this is not JSON");
        await().atMost(SOON).untilAsserted(() -> assertThat(dlq()).hasSize(aside + 1));
        Outcome refused =
                lab.bootproof("dlq", "replay", dlq().path(0).path("id").asText());
        Outcome unknown = lab.bootproof("dlq", "show", "digest-changed:11:4000000000");
        // Then
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("it would be put aside again", "not JSON");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no record was put aside as");
    }

    private int poisonAll() throws Exception {
        int written = 0;
        try (Bus bus = new Bus(lab)) {
            for (Topic topic : TOPICS) {
                String key = topic == Topic.DIGEST_CHANGED ? null : NOBODY;
                for (Poison poison : PoisonCorpus.of(topic, key, 42)) {
                    bus.write(topic, poison);
                    written++;
                }
                assertThatThrownBy(() -> bus.write(topic, PoisonCorpus.large(key, 1)))
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
            Poison rubbish = new Poison("rubbish", "nobody", new byte[] {1, 2, 3}, Map.of(), null);
            for (Topic topic : List.of(Topic.POLLER_HINTS, Topic.POLLER_STATE, Topic.PUBLISHER_STATE)) {
                bus.write(topic, rubbish);
            }
        }
        return written;
    }

    private JsonNode dlq() throws IOException {
        Outcome outcome = lab.bootproof("dlq", "--limit", "100000", "--output", "json");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        return EventJson.mapper().readTree(outcome.out());
    }

    private String idOf(String run) throws IOException {
        return dlq().valueStream()
                .filter(entry -> entry.path("run").asText().equals(run))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private List<Long> pids() {
        return LongStream.of(SERVICES.stream().mapToLong(lab::pid).toArray())
                .boxed()
                .toList();
    }
}
