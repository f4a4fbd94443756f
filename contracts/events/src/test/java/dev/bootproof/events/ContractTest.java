package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records, schemas, examples and the AsyncAPI document say the same. */
class ContractTest {
    private static final Path CONTRACTS = Path.of("src/main/resources/contracts");
    private static final String IDS = "https://bootproof.dev/contracts/";
    private static final List<Topic> EVENTS =
            List.of(Topic.DIGEST_CHANGED, Topic.DISK_READY, Topic.VM_READY, Topic.TESTS_DONE, Topic.CLEANUP_DUE);

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(IDS, "classpath:contracts/")));

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(CONTRACTS.resolve("examples"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValidAgainstItsSchema(Path example) throws IOException {
        // Given
        Schema schema = SCHEMAS.getSchema(
                SchemaLocation.of(IDS + "schema/" + topicOf(example).topicName() + ".v1.json"));
        JsonNode body = EventJson.mapper().readTree(Files.readAllBytes(example));
        // When
        var mistakes = schema.validate(body);
        // Then
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleStillReadsAndWritesTheSame(Path example) throws IOException {
        // Given
        byte[] body = Files.readAllBytes(example);
        // When
        Event event = EventJson.read(body, recordOf(topicOf(example)));
        // Then
        assertThat(EventJson.mapper().readTree(EventJson.write(event)))
                .isEqualTo(EventJson.mapper().readTree(body));
        assertThat(event.topic()).isEqualTo(topicOf(example));
    }

    @Test
    void aSchemaRefusesWhatItsRecordRefuses() {
        // Given
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of(IDS + "schema/digest-changed.v1.json"));
        // When
        var mistakes = schema.validate(EventJson.mapper().createObjectNode().put("plan", "demo"));
        // Then
        assertThat(mistakes).hasSize(1);
    }

    @Test
    void everyEventHasASchemaAnExampleAndAChannelWithItsTypeAndDeadLetters() throws IOException {
        // Given
        JsonNode api =
                new YAMLMapper().readTree(CONTRACTS.resolve("asyncapi.yaml").toFile());
        List<Topic> exampled =
                examples().stream().map(ContractTest::topicOf).distinct().toList();
        // When
        JsonNode channels = api.get("channels");
        // Then
        assertThat(exampled).containsExactlyInAnyOrderElementsOf(EVENTS);
        for (Topic topic : EVENTS) {
            String name = topic.topicName();
            assertThat(CONTRACTS.resolve("schema/" + name + ".v1.json")).exists();
            JsonNode message = channels.path(name).path("messages").path(name + ".v1");
            assertThat(message.path("payload").path("$ref").asText()).isEqualTo("schema/" + name + ".v1.json");
            assertThat(message.path("name").asText()).isEqualTo(exampleOf(topic).type());
            assertThat(channels.has(topic.deadLetters().topicName())).isTrue();
        }
    }

    private static Event exampleOf(Topic topic) {
        try {
            Path first = examples().stream()
                    .filter(path -> topicOf(path) == topic)
                    .findFirst()
                    .orElseThrow();
            return EventJson.read(Files.readAllBytes(first), recordOf(topic));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Topic topicOf(Path example) {
        String name = example.getFileName().toString();
        return Topic.named(name.substring(0, name.indexOf(".v1.")));
    }

    private static Class<? extends Event> recordOf(Topic topic) {
        return switch (topic) {
            case DIGEST_CHANGED -> DigestChanged.class;
            case DISK_READY -> DiskReady.class;
            case VM_READY -> VmReady.class;
            case TESTS_DONE -> TestsDone.class;
            default -> CleanupDue.class;
        };
    }
}
