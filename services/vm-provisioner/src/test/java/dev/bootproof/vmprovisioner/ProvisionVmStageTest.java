package dev.bootproof.vmprovisioner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.TopicReader;
import dev.bootproof.testing.KafkaResource;
import dev.bootproof.vmprovisioner.qemu.TestGuest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service with a real broker, a real registry and real machines. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(LabResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ProvisionVmStageTest {
    private final BlockingQueue<ConsumerRecord<String, byte[]>> written = new LinkedBlockingQueue<>();

    @Inject
    Bus bus;

    @Inject
    LeaseBook book;

    @Inject
    LocalLab lab;

    @Inject
    Registry registry;

    @Inject
    Machines machines;

    @Inject
    Clock clock;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @TestHTTPResource
    URI self;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(servers, List.of(Topic.TESTS_DONE, Topic.VM_READY), written::add);
        reader.start();
        reader.awaitEnd();
        written.clear();
    }

    @AfterEach
    void stop() {
        reader.close();
        machines.all().forEach(Machine::stop);
    }

    @Test
    void aPanicIsAVerdictWithItsEvidenceKeptAndItsMachineAnsweredFor() throws Exception {
        // Given
        RunId run = new RunId("panics-000000000001");
        golden("exit 1");
        hold(run);
        // When
        bus.send(diskReady(run, 0));
        // Then
        TestsDone done = verdict();
        assertThat(done.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(done.fault()).isEqualTo(Fault.KERNEL_PANIC);
        assertThat(done.reason()).contains("Attempted to kill init!");
        PhaseResult phase = done.phases().getFirst();
        assertThat(phase.milestones()).extracting(Milestone::name).contains(Milestone.Name.KERNEL);
        assertThat(files(Objects.requireNonNull(phase.evidence())))
                .containsExactly("phase.json", "console.log", "screenshot.png");
        assertThat(state(run).power()).isEqualTo(MachineState.Power.PANICKED);
        assertThat(get("/machines/" + run + "/p0/console").body()).contains("Kernel panic");
        assertThat(get("/machines/" + run + "/p7").statusCode()).isEqualTo(404);
        assertThat(get("/machines").body())
                .contains("\"runId\":\"" + run, "\"memoryMiB\":", "\"kept\":false", "\"ssh\":");
        assertThat(get("/q/metrics").body()).contains("bootproof_machines_alive");
    }

    @Test
    void aGuestThatShutsUsOutIsSkippedAndItsMachineIsTurnedOff() throws Exception {
        // Given
        RunId run = new RunId("mute-000000000002");
        golden("echo '[  OK  ] Reached target multi-user.target - Multi-User System.'; while true; do sleep 99; done");
        hold(run);
        // When
        bus.send(diskReady(run, 0));
        // Then
        TestsDone done = verdict();
        assertThat(done.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(done.fault()).isEqualTo(Fault.NO_WAY_IN);
        awaitEnd(machines.find(run, 0).orElseThrow());
        assertThat(state(run).power()).isEqualTo(MachineState.Power.KILLED);
        HttpResponse<String> late = post("/machines/" + run + "/p0/fresh");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).isEqualTo("{\"error\":\"the run " + run + " is over: its machine is left as it is\"}");
        assertThat(post("/machines/" + run + "/p7/save").statusCode()).isEqualTo(404);
        assertThat(post("/machines/no.run/p0/restore").statusCode()).isEqualTo(404);
    }

    private void golden(String script) throws IOException {
        TestGuest.guest(lab, script);
        var golden = lab.disk(diskReady(TestGuest.RUN, 0).inputs().identity());
        Files.deleteIfExists(golden);
        Files.createSymbolicLink(golden, lab.disk("golden"));
    }

    private void hold(RunId run) {
        CleanupDue like = example("cleanup-due.v1.held", CleanupDue.class);
        book.write(new CleanupDue(
                run,
                State.HELD,
                clock.instant().plusSeconds(300),
                Stage.DISK_BUILDER,
                0,
                clock.instant(),
                like.pins(),
                List.of()));
    }

    private static DiskReady diskReady(RunId run, int phase) {
        DiskReady like = example("disk-ready.v1.rootfs", DiskReady.class);
        return new DiskReady(run, phase, like.inputs(), like.samples());
    }

    private TestsDone verdict() throws InterruptedException {
        var entry = Objects.requireNonNull(written.poll(60, SECONDS), "nothing was written in 60 s");
        assertThat(entry.topic()).isEqualTo("tests-done");
        return EventJson.read(entry.value(), TestsDone.class);
    }

    /** The verdict comes first, then the machine is turned off. */
    private void awaitEnd(Machine machine) {
        Story story = machine.await(now -> !now.alive(), clock.instant().plusSeconds(20));
        assertThat(story.alive()).isFalse();
    }

    private List<String> files(ImageRef evidence) {
        return registry.manifest(evidence).layers().stream()
                .map(Descriptor::title)
                .map(String::valueOf)
                .toList();
    }

    private MachineState state(RunId run) throws Exception {
        String body = get("/machines/" + run + "/p0").body();
        return EventJson.read(body.getBytes(StandardCharsets.UTF_8), MachineState.class);
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(self.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> post(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(self.resolve(path)).POST(HttpRequest.BodyPublishers.noBody());
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static <E> E example(String name, Class<E> type) {
        try (InputStream body = Objects.requireNonNull(
                ProvisionVmStageTest.class.getResourceAsStream("/contracts/examples/" + name + ".json"), name)) {
            return EventJson.read(body.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
