package dev.bootproof.chaos.accountant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books are read from a real broker, a real registry, this host's processes and real directories. */
@SuppressWarnings("NullAway.Init")
class BooksReaderIT {
    private final Instant then =
            Instant.now(Clock.systemUTC()).minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    private Path directory;

    private Path home;
    private TestBroker broker;
    private RegistryProcess registry;
    private Registry client;
    private KafkaProducer<String, byte[]> producer;
    private ImageRef results;
    private ImageRef image;

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(home.resolve("runs"));
        broker = TestBroker.start(Files.createDirectories(directory.resolve("broker")));
        registry = RegistryProcess.start(Files.createDirectories(directory.resolve("registry")));
        client = new Registry(RegistryOptions.defaults());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new ByteArraySerializer());
        results = registry.ref("bootproof/results");
        image = client.push(registry.ref("storm-os:latest"), artifact("application/os", Map.of(), null));
    }

    @AfterEach
    void stop() {
        producer.close();
        client.close();
        registry.close();
        broker.close();
    }

    private static Artifact artifact(String type, Map<String, String> annotations, @Nullable Descriptor subject) {
        return new Artifact(type, List.of(), annotations, subject);
    }

    private Audit audit() throws IOException {
        BooksReader reader = new BooksReader(
                broker.bootstrap(),
                registry.address(),
                home,
                directory,
                Files.createDirectories(directory.resolve("tmp")),
                Clock.systemUTC());
        return new Accountant(Allowance.CLAIMED).audit(reader.read());
    }

    private RecordMetadata write(Topic topic, Instant at, @Nullable String key, byte[] body) throws Exception {
        return producer.send(new ProducerRecord<>(topic.topicName(), null, at.toEpochMilli(), key, body))
                .get(1, TimeUnit.MINUTES);
    }

    private void say(Event event, Instant at) throws Exception {
        write(event.topic(), at, event.key(), EventJson.write(event));
    }

    private RunId ask() throws Exception {
        DigestChanged event = new DigestChanged(image, null, null, null, null, null);
        RecordMetadata where = write(
                Topic.DIGEST_CHANGED, then, null, ("{\"image\":\"" + image + "\"}").getBytes(StandardCharsets.UTF_8));
        return event.runId(where.partition(), where.offset(), where.timestamp());
    }

    private RunId whole() throws Exception {
        RunId run = ask();
        say(Seeded.held(run, then, Stage.DISK_BUILDER), then);
        say(Seeded.done(run, then.plusSeconds(5), Verdict.PASSED, image.digest()), then.plusSeconds(5));
        say(Seeded.ended(run, then.plusSeconds(5)), then.plusSeconds(5));
        say(Seeded.released(run, then.plusSeconds(6), "directory"), then.plusSeconds(6));
        publish(run, Names.resultTag(run), "one");
        return run;
    }

    private void publish(RunId run, String tag, String note) {
        Map<String, String> annotations =
                Map.of("dev.bootproof.run", run.value(), "dev.bootproof.verdict", "passed", "note", note);
        client.push(results.tagged(tag), artifact(Names.RESULT_TYPE, annotations, client.descriptor(image)));
    }

    private void effect(String line) throws IOException {
        Files.writeString(
                directory.resolve("effects.jsonl"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aLabThatLostNothingIsProven() throws Exception {
        // Given
        RunId run = whole();
        effect("{\"at\":\"" + then + "\",\"kind\":\"machine-started\",\"run\":\"" + run
                + "\",\"phase\":0,\"suite\":null,\"pid\":12}");
        // When
        Audit audit = audit();
        // Then
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.totals().verdicts()).isEqualTo(Map.of("passed", 1L));
        assertThat(audit.proven()).isTrue();
    }

    @Test
    void aLostADoubledAndALeakedRunAreFoundAndBytesThatNobodyPutAside() throws Exception {
        // Given
        RunId lost = ask();
        RunId doubled = whole();
        publish(doubled, "again-result", "two");
        RunId leaked = whole();
        write(Topic.VM_READY, then, "k", new byte[] {0, 1, 2, (byte) 0xff});
        Path left = Files.createDirectories(home.resolve("runs/" + leaked));
        Process machine = new ProcessBuilder(
                        "sh", "-c", "read wait", "-name", "bootproof-" + leaked + "-p0", left.toString())
                .start();
        // When
        Audit audit;
        try {
            audit = audit();
        } finally {
            machine.destroyForcibly().onExit().join();
        }
        // Then
        assertThat(audit.violations())
                .filteredOn(violation -> violation.run().equals(lost.value()))
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.LOST));
        assertThat(audit.violations())
                .filteredOn(violation -> violation.run().equals(leaked.value()))
                .allSatisfy(one -> assertThat(one.kind()).isEqualTo(Kind.LEAKED))
                .anySatisfy(one -> assertThat(one.seen()).contains("process " + machine.pid()))
                .anySatisfy(one -> assertThat(one.seen()).contains(left.toString()))
                .hasSize(2);
        assertThat(audit.violations())
                .filteredOn(violation -> violation.run().equals(doubled.value()))
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.DOUBLED));
        assertThat(audit.violations())
                .filteredOn(violation -> violation.run().startsWith("vm-ready/"))
                .singleElement()
                .satisfies(one -> assertThat(one.seen()).contains("lies in no dead-letter topic"));
        assertThat(audit.violations()).hasSize(5);
    }
}
