package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.DeadLetter;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker, and records that were put aside as the services do it. */
class DlqCommandTest {
    private static final String ESCAPE = "\u001b[2J";
    private static final String GOOD = "{\"image\":\"localhost:5000/os:dlq\"}";
    private static final String RUN = "of-a-run-0123456789ab";

    @TempDir
    static Path directory;

    private final Screen out = new Screen();
    private final Screen errors = new Screen();

    @BeforeAll
    static void up() throws Exception {
        new Up(lab(), new Screen().terminal()).bring(EnumSet.of(Part.BROKER));
        Map<String, Object> settings = Map.of("bootstrap.servers", lab().state().address(Part.BROKER));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(aside("digest-changed", 7, "plan", null, GOOD)).get();
            producer.send(aside("digest-changed", 8, "body", null, "{" + ESCAPE + "x".repeat(10_000)))
                    .get();
            producer.send(aside("disk-ready", 9, "phase", "nobody", "{}")).get();
            producer.send(aside("vm-ready", 10, "phase", RUN, "{}")).get();
        }
    }

    private static ProducerRecord<String, byte[]> aside(
            String topic, int offset, String field, @Nullable String key, String body) {
        var entry = new ProducerRecord<String, byte[]>(topic + ".dlq", key, body.getBytes(StandardCharsets.UTF_8));
        Map.of(
                        DeadLetter.REASON,
                        "\"" + field + "\" is " + ESCAPE,
                        DeadLetter.FIELD,
                        field,
                        DeadLetter.TOPIC,
                        topic,
                        DeadLetter.PARTITION,
                        "3",
                        DeadLetter.OFFSET,
                        String.valueOf(offset),
                        "ce_type",
                        "other" + ESCAPE)
                .forEach((name, value) -> entry.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return entry;
    }

    @AfterAll
    static void down() {
        new Down(lab(), new Screen().terminal()).stop(EnumSet.allOf(Part.class));
    }

    private static Lab lab() {
        return Labs.in(directory.resolve("lab"));
    }

    private int bootproof(String... arguments) {
        return Bootproof.run(lab(), out.terminal(), errors.stream(), arguments);
    }

    @Test
    void theListSaysWhereFromWhyAndWhichRunNewestFirst() throws Exception {
        assertThat(bootproof("dlq", "--output", "json")).isZero();

        JsonNode list = EventJson.mapper().readTree(out.text());
        assertThat(list.findValuesAsText("id"))
                .containsExactly("vm-ready:3:10", "disk-ready:3:9", "digest-changed:3:8", "digest-changed:3:7");
        assertThat(list.path(0).path("run").asText()).isEqualTo(RUN);
        assertThat(list.path(3).path("field").asText()).isEqualTo("plan");
    }

    @Test
    void nothingThatWasWrittenCommandsTheTerminal() {
        assertThat(bootproof("dlq") + bootproof("dlq", "show", "digest-changed:3:8"))
                .isZero();

        assertThat(out.text())
                .doesNotContain("\u001b")
                .contains("of " + RUN + ": ")
                .contains("ce_type: other\\u{1b}[2J")
                .contains("10005 bytes, of which the first 4096", "{\\u{1b}[2Jxxx")
                .hasSizeLessThan(8000);
    }

    @Test
    void aTypedEventIsSentAgainUnderItsKeyAndSaysWhichRunItIs() {
        assertThat(bootproof("dlq", "replay", "digest-changed:3:7")).isZero();

        List<String> written = new BusScan(lab().state().address(Part.BROKER))
                .all(Topic.DIGEST_CHANGED, entry -> Optional.of(new String(entry.value(), StandardCharsets.UTF_8)));
        assertThat(written).containsExactly(GOOD);
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("digest-changed:3:7 was sent again as the run os-dlq-"),
                        line -> assertThat(line).startsWith("follow it: ./bootproof show os-dlq-"));
    }

    @Test
    void whatMakesNoSenseIsRefusedWithASentence() {
        assertThat(bootproof("dlq", "replay", "digest-changed:3:8")).isEqualTo(2);
        assertThat(bootproof("dlq", "replay", "disk-ready:3:9")).isEqualTo(2);
        assertThat(bootproof("dlq", "show", "digest-changed:0:0")).isEqualTo(2);

        assertThat(errors.text())
                .contains("it would be put aside again: the body is not JSON")
                .contains("the record names no run, so that nobody would take it")
                .contains("no record was put aside as \"digest-changed:0:0\"")
                .doesNotContain("\u001b");
    }
}
