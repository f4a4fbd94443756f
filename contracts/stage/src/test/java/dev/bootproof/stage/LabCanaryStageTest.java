package dev.bootproof.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.Cause;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.testing.KafkaResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@SuppressWarnings("NullAway.Init") // injected
class LabCanaryStageTest {
    private final Map<RunId, TestsDone> verdicts = new ConcurrentHashMap<>();

    @Inject
    Verdicts stage;

    @Inject
    LabCanary canary;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(servers, List.of(Topic.TESTS_DONE), entry -> {
            TestsDone done = EventJson.read(entry.value(), TestsDone.class);
            verdicts.putIfAbsent(done.runId(), done);
        });
        reader.start();
    }

    @AfterEach
    void makeWell() {
        stage.pass(RunId.of(pins(true).image(), anyCause()), pins(true), "booted", List.of());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(canary.trouble()).isEmpty());
        reader.close();
    }

    @Test
    void whileTheCanaryDoesNotPassNobodyElseHasFailed() {
        // Given
        stage.pass(new RunId("golden-000000000001"), pins(true), "booted", List.of());
        TestsDone before = end("os-000000000001", Fault.KERNEL_PANIC, false);
        TestsDone sick = end("golden-000000000002", Fault.KERNEL_PANIC, true);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(canary.trouble()).isPresent());

        // When
        TestsDone failed = end("os-000000000002", Fault.SUITE_FAILED, false);
        TestsDone errored = end("os-000000000003", Fault.NO_ROOM, false);
        TestsDone again = end("golden-000000000003", Fault.ROOT_NOT_FOUND, true);

        // Then
        assertThat(before.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(sick.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(sick.canary()).isTrue();
        assertThat(failed.fault()).isEqualTo(Fault.LAB_UNWELL);
        assertThat(failed.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(failed.reason())
                .startsWith("the lab is unwell: the canary ")
                .contains("failed at", "the kernel panicked: why", "of this run the lab would have said: why");
        assertThat(errored.fault()).isEqualTo(Fault.NO_ROOM);
        assertThat(again.fault()).isEqualTo(Fault.ROOT_NOT_FOUND);
        assertThat(metrics.get("bootproof.canary").gauge().value()).isZero();
    }

    @Test
    void whatPassesPassesHoweverTheLabIsAndWithTheCanaryMendedFailuresCountAgain() {
        // Given
        end("golden-000000000004", Fault.BOOT_STALLED, true);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(canary.trouble()).isPresent());
        stage.pass(new RunId("os-000000000005"), pins(false), "booted", List.of());

        // When
        stage.pass(new RunId("golden-000000000005"), pins(true), "booted", List.of());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(canary.trouble()).isEmpty());

        // Then
        assertThat(end("os-000000000006", Fault.KERNEL_PANIC, false).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Objects.requireNonNull(verdicts.get(new RunId("os-000000000005")))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(metrics.get("bootproof.canary").gauge().value()).isOne();
    }

    private static Cause anyCause() {
        return new Cause.Typed("digest-changed", 0, 0, System.nanoTime());
    }

    private TestsDone end(String run, Fault fault, boolean itself) {
        stage.end(new RunId(run), pins(itself), fault, "why", List.of());
        reader.awaitEnd();
        return Objects.requireNonNull(verdicts.get(new RunId(run)));
    }

    private static Pins pins(boolean itself) {
        Pins like = pinsOfTheExample();
        return new Pins(
                ImageRef.parse(itself ? "ghcr.io/org/golden:stable" : "ghcr.io/org/os:stable"),
                like.digest(),
                like.platformDigest(),
                like.plan(),
                null,
                null,
                like.trigger(),
                null,
                null,
                itself);
    }

    private static Pins pinsOfTheExample() {
        try (var body = Objects.requireNonNull(
                LabCanaryStageTest.class.getResourceAsStream("/contracts/examples/cleanup-due.v1.held.json"))) {
            return Objects.requireNonNull(
                    EventJson.read(body.readAllBytes(), CleanupDue.class).pins());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
