package dev.bootproof.testrunner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Counts;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Sample;
import dev.bootproof.events.Stage;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.events.VmReady;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.BootproofConfig;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.stage.TopicReader;
import dev.bootproof.testing.KafkaResource;
import dev.bootproof.testrunner.TestGuest.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(LabResource.class)
class RunTestsStageTest {
    private static final Digest DIGEST = Digest.of("image");
    private static final ImageRef IMAGE = ImageRef.parse("registry.example.org/demo-os:latest");
    private static final Recipe RECIPE = new Recipe("rootfs", "ext4", 4096, List.of());
    private static final String ENDED = "exit=%d\nsource=\nLoadState=loaded\nResult=success\n";

    private final RunId run =
            new RunId("demo-os-" + UUID.randomUUID().toString().substring(24));
    private final BlockingQueue<ConsumerRecord<String, byte[]>> written = new LinkedBlockingQueue<>();
    private final DerivedKeys keys = new DerivedKeys(new byte[32]);
    private final TestGuest guest = new TestGuest(keys, run);
    private final TestMachine machine = new TestMachine(run);
    private final Bus bus;
    private final LeaseBook book;
    private final Clock clock;
    private final Registry registry;
    private final EvidenceStore store;
    private final BootproofConfig config;
    private final String servers;
    private @Nullable TopicReader reader;

    RunTestsStageTest(
            Bus bus,
            LeaseBook book,
            Clock clock,
            Registry registry,
            EvidenceStore store,
            BootproofConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.bus = bus;
        this.book = book;
        this.clock = clock;
        this.registry = registry;
        this.store = store;
        this.config = config;
        this.servers = servers;
    }

    @BeforeEach
    void aGuestInWhichEverythingPasses() {
        TopicReader started = new TopicReader(servers, List.of(Topic.TESTS_DONE, Topic.DISK_READY), written::add);
        reader = started;
        started.start();
        started.awaitEnd();
        written.clear();
        guest.on("guest/prepare", Reply.text("/usr/lib/os-release: OK\n"));
        guest.on("start-suite", Reply.text(""));
        guest.on("await-suite", Reply.text(ENDED.formatted(0)));
        guest.on("collect-results", results("passed"));
        guest.on("collect-evidence", Reply.files(Map.of("journal.txt", "all is well")));
        guest.on("sync", Reply.text(""));
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(reader).close();
        guest.close();
        machine.close();
    }

    @Test
    void aMachineThatIsUpBecomesAVerdictWithItsEvidence() throws Exception {
        // Given
        hold(1);

        // When
        bus.send(machineIsUp());

        // Then
        TestsDone verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict.reason()).isEqualTo("booted and passed 2 tests in 2 suites");
        assertThat(verdict.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));
        ManifestView kept = registry.find(evidence()).orElseThrow();
        assertThat(kept.artifactType()).isEqualTo(Names.EVIDENCE_TYPE);
        assertThat(kept.annotations()).containsEntry("dev.bootproof.digest", DIGEST.value());
        assertThat(kept.layers())
                .extracting(Descriptor::title)
                .contains("phase.json", "journal.txt", "console.log", "screenshot.png", "suites/smoke/behave.json");
        assertThat(verdict.phases())
                .singleElement()
                .satisfies(phase ->
                        assertThat(phase.evidence()).isEqualTo(evidence().at(kept.digest())));
    }

    @Test
    void aFailedTestIsTheImagesFaultAndIsNamed() throws Exception {
        // Given
        hold(1);
        guest.on("collect-results", results("failed"));
        guest.on("await-suite", Reply.text(ENDED.formatted(1)));

        // When
        bus.send(machineIsUp());

        // Then
        TestsDone verdict = verdict();
        assertThat(verdict.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict.fault()).isEqualTo(Fault.SUITE_FAILED);
        assertThat(verdict.reason())
                .isEqualTo("the suite smoke failed 1 of 1 test: No unit has failed: demo.service failed");
    }

    @Test
    void aSecondEventOfAPhaseThatIsDecidedOnlySaysItAgain() throws Exception {
        // Given
        hold(2);
        bus.send(machineIsUp());
        assertThat(nextDisk().phase()).isEqualTo(1);
        List<String> before = guest.asked();

        // When
        bus.send(machineIsUp());

        // Then
        assertThat(nextDisk().phase()).isEqualTo(1);
        assertThat(guest.asked()).isEqualTo(before);
    }

    @Test
    void aMachineThatPanicsUnderASuiteIsJudgedByWhatItsOwnerSays() throws Exception {
        // Given
        hold(1);
        guest.on("await-suite", (in, out) -> {
            machine.becomes(Power.PANICKED);
            guest.breakConnections();
            return 1;
        });

        // When
        bus.send(machineIsUp());

        // Then
        TestsDone verdict = verdict();
        assertThat(verdict.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(registry.find(evidence()).orElseThrow().layers())
                .extracting(Descriptor::title)
                .contains("console.log", "missing.txt");
    }

    @Test
    void aMachineThatRunsOtherBitsIsNotTested() throws Exception {
        // Given
        hold(1);
        guest.on("guest/prepare", Reply.text("/usr/lib/os-release: FAILED open or read\n"));

        // When
        bus.send(machineIsUp());

        // Then
        TestsDone verdict = verdict();
        assertThat(verdict.fault()).isEqualTo(Fault.WRONG_DIGEST);
        assertThat(verdict.reason()).contains("/usr/lib/os-release");
        assertThat(guest.asked()).noneMatch(line -> line.contains("start-suite"));
    }

    @Test
    void aPhaseWhoseBootEndedTheRunIsLeftToWhoeverBootedIt() throws Exception {
        // Given
        Path result = Files.writeString(Files.createTempFile(Path.of("target"), "phase", ".json"), "{}");
        var files = List.of(new Artifact.File(Names.PHASE_RESULT, "application/json", result));
        registry.push(evidence(), new Artifact(Names.EVIDENCE_TYPE, files, Map.of(), null));

        // Then
        assertThatExceptionOfType(NoLongerHeld.class).isThrownBy(() -> store.find(run, 0));
    }

    private static Reply results(String status) {
        return Reply.files(Map.of("behave.json", """
                [{"elements": [{"type": "scenario", "name": "No unit has failed", "status": "%s", "steps": [
                  {"keyword": "Then", "name": "x", "result": {"status": "%s",
                   "error_message": ["Assertion Failed: demo.service failed", "its journal"]}}]}]}]
                """.formatted(status, status)));
    }

    private void hold(int phases) {
        PhasePlan phase = new PhasePlan(
                "installed", 1024, 2, Duration.ofMinutes(2), List.of(new SuitePlan("smoke", Duration.ofMinutes(1))));
        Plan plan = new Plan(
                "smoke", RECIPE, Collections.nCopies(phases, phase), Duration.ofMinutes(5), Duration.ofMinutes(5));
        Pins pins = new Pins(IMAGE, DIGEST, DIGEST, plan, null, null, Trigger.MANUAL);
        var now = clock.instant();
        book.write(new CleanupDue(
                run, CleanupDue.State.HELD, now.plusSeconds(600), Stage.DISK_BUILDER, 0, now, pins, List.of()));
    }

    private VmReady machineIsUp() {
        return new VmReady(
                run,
                0,
                new DiskInputs(DIGEST, IMAGE.at(DIGEST), RECIPE, "1"),
                List.of(new Sample("/usr/lib/os-release", Digest.of("os-release"))),
                guest.address(),
                machine.address(),
                "sshd enabled by the image",
                List.of());
    }

    private ImageRef evidence() {
        return ImageRef.parse(config.evidenceRepository().orElseThrow()).tagged(Names.evidenceTag(run, 0));
    }

    private TestsDone verdict() throws InterruptedException {
        return EventJson.read(value(), TestsDone.class);
    }

    private DiskReady nextDisk() throws InterruptedException {
        return EventJson.read(value(), DiskReady.class);
    }

    private byte[] value() throws InterruptedException {
        return Objects.requireNonNull(written.poll(30, SECONDS), "nothing was said in 30 s")
                .value();
    }
}
