package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LabCanary;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The canary, and who is fired again, on a real broker and a real registry. */
@QuarkusTest
@QuarkusTestResource(PollerLab.class)
@SuppressWarnings("NullAway.Init") // injected
class CanaryStageTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Pushes pushes = new Pushes();
    private final List<DigestChanged> events = new CopyOnWriteArrayList<>();

    @Inject
    Bus bus;

    @Inject
    Watches watches;

    @Inject
    StateBook states;

    @Inject
    Runs runs;

    @Inject
    LeaseBook book;

    @Inject
    LabCanary canary;

    @Inject
    PollerConfig config;

    @Inject
    Clock clock;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @ConfigProperty(name = "test.registry")
    String registry;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(
                servers,
                List.of(Topic.DIGEST_CHANGED),
                entry -> events.add(EventJson.read(entry.value(), DigestChanged.class)));
        reader.start();
        List.of("golden", "unsure", "typed", "anew")
                .forEach(name -> await().atMost(SOON).until(() -> looked(image(name))));
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aStallAsksForTheCanaryAndWhileItDoesNotPassItIsRunAgainAndWhoWaitsForItIsFiredWhenItPasses() throws Exception {
        // Given
        ImageRef golden = image("golden");
        ImageRef unsure = image("unsure");
        pushes.push(golden, "good");
        end(awaitEvent(golden, 1), null);
        pushes.push(unsure, "any");
        DigestChanged waiting = awaitEvent(unsure, 1);

        // When
        stall("somebodys-000000000001");
        DigestChanged asked = awaitEvent(golden, 2);
        stall("somebodys-000000000002");
        end(asked, Fault.KERNEL_PANIC);
        await().atMost(SOON).untilAsserted(() -> assertThat(canary.trouble()).isPresent());
        end(waiting, Fault.LAB_UNWELL);
        DigestChanged again = awaitEvent(golden, 3);
        reader.awaitEnd();
        List<DigestChanged> meanwhile = events(unsure);
        end(again, null);

        // Then
        assertThat(events(golden))
                .extracting(DigestChanged::trigger)
                .containsExactly(Trigger.PUSH, Trigger.CANARY, Trigger.CANARY);
        assertThat(events(golden))
                .allSatisfy(event -> assertThat(event.canary()).isTrue());
        assertThat(meanwhile).hasSize(1);
        DigestChanged retried = awaitEvent(unsure, 2);
        assertThat(retried.trigger()).isEqualTo(Trigger.RETRY);
        assertThat(retried.canary()).isFalse();
        end(retried, null);
        assertThat(events(golden)).hasSize(3);
    }

    @Test
    void aTypedRunThatErroredIsNotFiredAgain() throws Exception {
        // Given
        ImageRef image = image("typed");
        pushes.push(image, "typed");
        DigestChanged event = awaitEvent(image, 1);
        end(event, null);
        Digest digest = Objects.requireNonNull(event.digest());

        // When
        bus.send(ended(new RunId("typed-000000000001"), image, digest, null, null, Fault.NO_ROOM, false));

        // Then
        runs.awaitPresent();
        watches.wake(image.stream(), Trigger.POLL);
        Digest next = pushes.push(image, "next");
        assertThat(awaitEvent(image, 2).digest()).isEqualTo(next);
        assertThat(events(image)).extracting(DigestChanged::trigger).containsExactly(Trigger.PUSH, Trigger.PUSH);
        end(awaitEvent(image, 2), null);
    }

    @Test
    void aPollerThatIsStartedAnewKnowsHowOftenARunWasFiredAgain() throws Exception {
        // Given
        ImageRef image = image("anew");
        pushes.push(image, "any");
        end(awaitEvent(image, 1), Fault.GUEST_LOST);
        end(awaitEvent(image, 2), Fault.GUEST_LOST);
        DigestChanged last = awaitEvent(image, 3);
        end(last, Fault.GUEST_LOST);
        runs.awaitPresent();

        // When
        Runs anew = new Runs(servers, book, canary, config, clock);
        StateBook stateAnew = new StateBook(servers, bus);
        try {
            anew.start(NOTHING);
            stateAnew.start(NOTHING);
            anew.awaitPresent();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stateAnew.fresh(image.stream()))
                            .hasValueSatisfying(
                                    state -> assertThat(state.retries()).isEqualTo(2)));

            // Then
            StreamState state = stateAnew.of(image.stream()).orElseThrow();
            assertThat(state.announced()).isNotNull();
            assertThat(anew.statusOf(state.announced()))
                    .isInstanceOfSatisfying(
                            RunStatus.Over.class,
                            over -> assertThat(over.fault()).isEqualTo(Fault.GUEST_LOST));
            assertThat(state.generation()).isEqualTo(last.generation());
        } finally {
            anew.close();
            stateAnew.close();
        }
    }

    private static final io.quarkus.runtime.StartupEvent NOTHING = new io.quarkus.runtime.StartupEvent();

    private boolean looked(ImageRef image) {
        return watches.report(image.stream())
                .filter(report -> report.at() != null)
                .isPresent();
    }

    private ImageRef image(String name) {
        return ImageRef.parse(registry + "/org/" + name + ":latest");
    }

    private DigestChanged awaitEvent(ImageRef image, int number) {
        await().atMost(SOON).untilAsserted(() -> assertThat(events(image)).hasSize(number));
        return events(image).getLast();
    }

    private List<DigestChanged> events(ImageRef image) {
        reader.awaitEnd();
        return events.stream()
                .filter(event -> event.key().equals(image.stream()))
                .toList();
    }

    private void stall(String run) {
        bus.send(ended(new RunId(run), image("any"), Digest.of("any"), null, null, Fault.BOOT_STALLED, false));
    }

    private void end(DigestChanged event, @Nullable Fault fault) {
        bus.send(ended(
                event.runId(0, 0, 0),
                event.image(),
                Objects.requireNonNull(event.digest()),
                event.stream(),
                event.generation(),
                fault,
                event.canary()));
    }

    private TestsDone ended(
            RunId run,
            ImageRef image,
            Digest digest,
            @Nullable String stream,
            @Nullable Long generation,
            @Nullable Fault fault,
            boolean itself) {
        Instant now = clock.instant();
        return new TestsDone(
                run,
                image,
                digest,
                null,
                "boot",
                stream,
                generation,
                fault == null ? Verdict.PASSED : fault.verdict(),
                Stage.TEST_RUNNER,
                fault,
                "done",
                Counts.NONE,
                List.of(),
                now,
                null,
                itself);
    }
}
