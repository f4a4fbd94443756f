package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker and a real registry, started as the lab starts them. */
class BrokerProcessTest {
    private static final Set<Part> FOUNDATIONS = EnumSet.of(Part.BROKER, Part.REGISTRY);
    private static final Screen SCREEN = new Screen();

    @TempDir
    static Path directory;

    @BeforeAll
    static void up() {
        new Up(lab(), SCREEN.terminal()).bring(FOUNDATIONS);
    }

    @AfterAll
    static void down() {
        new Down(lab(), SCREEN.terminal()).stop(EnumSet.allOf(Part.class));
    }

    private static Lab lab() {
        return Labs.in(directory.resolve("lab"));
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", lab().state().address(Part.BROKER), "auto.offset.reset", "earliest");
    }

    @Test
    void everyTopicExistsAsTheContractSays() throws Exception {
        try (Admin admin = Admin.create(settings())) {
            var topics = admin.describeTopics(
                            Arrays.stream(Topic.values()).map(Topic::topicName).toList())
                    .allTopicNames()
                    .get();

            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topic.PARTITIONS));
        }
    }

    @Test
    void aSecondUpStartsNothingAndSetsTopicsRight() throws Exception {
        try (Admin admin = Admin.create(settings())) {
            // Given
            var book = new ConfigResource(ConfigResource.Type.TOPIC, Topic.CLEANUP_DUE.topicName());
            var wrong = new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(book, List.of(wrong))).all().get();
            LabState before = lab().state();

            // When
            LabState after = new Up(lab(), SCREEN.terminal()).bring(FOUNDATIONS);

            // Then
            assertThat(after.processes()).isEqualTo(before.processes());
            assertThat(admin.describeConfigs(List.of(book)).all().get().values())
                    .singleElement()
                    .extracting(config -> config.get("cleanup.policy").value())
                    .isEqualTo("compact");
        }
    }

    @Test
    void theRunIsTheOneThatReadersOfTheEventName() {
        // Given
        DigestChanged event = Fire.event("ghcr.io/org/os:testing", "smoke", null, null);

        // When
        RunId run = new Fire(lab().state().address(Part.BROKER)).send(event);

        // Then
        ConsumerRecord<byte[], byte[]> written = recordOf("os:testing");
        assertThat(written.key()).isNull();
        assertThat(EventJson.read(written.value(), DigestChanged.class)
                        .runId(written.partition(), written.offset(), written.timestamp()))
                .isEqualTo(run);
    }

    private static ConsumerRecord<byte[], byte[]> recordOf(String image) {
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, Topic.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.DIGEST_CHANGED.topicName(), partition))
                    .toList());
            for (int polls = 0; polls < 20; polls++) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(500))) {
                    if (new String(found.value(), StandardCharsets.UTF_8).contains(image)) {
                        return found;
                    }
                }
            }
            throw new AssertionError("nothing was written");
        }
    }

    @Test
    void whereNoRunAppearsThePartIsNamedThatShouldHaveSpoken() {
        // Given
        Instant before = Instant.now().minusSeconds(60);
        new Fire(lab().state().address(Part.BROKER)).send(Fire.event("ghcr.io/org/os:unheard", null, null, null));

        // When
        Trouble nobodyAnnouncedIt = new Silence(lab()).explain("sha256:never", before);
        Trouble nobodyTookIt = new Silence(lab()).explain("os:unheard", before);

        // Then
        assertThat(nobodyAnnouncedIt).hasMessageContaining("poller is silent");
        assertThat(nobodyTookIt).hasMessageContaining("disk-builder is silent");
        assertThat(nobodyTookIt.advice()).contains("logs/disk-builder.log");
    }

    @Test
    void secretsAreForTheirOwnerAlone() throws Exception {
        Home home = lab().home();

        assertThat(Files.size(home.lab().secret())).isEqualTo(32);
        for (Path file : List.of(home.lab().secret(), home.hooksSecret(), home.configuration("registry.yaml"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void statusTellsWhatRunsToPrograms() {
        // Given
        Screen screen = new Screen();

        // When
        int exit = Bootproof.run(lab(), screen.terminal(), screen.stream(), "status", "-o", "json");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(screen.text())
                .contains("\"part\" : \"broker\"")
                .contains("\"state\" : \"ready\"")
                .contains("\"state\" : \"stopped\"");
    }
}
