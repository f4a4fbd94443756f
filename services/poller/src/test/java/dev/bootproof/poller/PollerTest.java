package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PollerLab.class)
class PollerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Pushes pushes = new Pushes();
    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();

    @Inject
    Bus bus;

    @Inject
    Watches watches;

    @Inject
    StateBook states;

    @Inject
    CatalogStreams streams;

    @Inject
    Runs runs;

    @Inject
    @ConfigProperty(name = "bootproof.catalog")
    Path catalog;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    @ConfigProperty(name = "test.registry")
    String registry;

    private TopicReader reader;

    @BeforeEach
    void read() {
        reader = new TopicReader(servers, List.of(Topic.DIGEST_CHANGED, Topic.TESTS_DONE), seen::add);
        reader.start();
        for (String name : List.of("pushed", "gated", "rolled", "retried", "killed", "scheduled", "polled")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> looked(image(name)));
        }
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aPushBecomesAnEventAndTheSamePushNoSecondOne() throws Exception {
        // Given
        ImageRef image = image("pushed");

        // When
        Digest digest = pushes.push(image, "one");
        DigestChanged event = awaitEvent(image, 1);
        pushes.push(image, "one");
        pushes.push(image("unwatched"), "one");

        // Then
        assertThat(event).isEqualTo(new DigestChanged(image, digest, "boot", image.stream(), 1L, Trigger.PUSH));
        end(image, event, null);
        Digest next = pushes.push(image, "two");
        assertThat(awaitEvent(image, 2).digest()).isEqualTo(next);
        assertThat(events(image)).hasSize(2);
    }

    @Test
    void whileARunIsHeldOnlyTheNewestDigestWaits() throws Exception {
        // Given
        ImageRef image = image("gated");
        pushes.push(image, "first");
        DigestChanged first = awaitEvent(image, 1);
        hold(image, first);
        Digest second = pushes.push(image, "second");
        await().atMost(SOON).until(() -> waiting(image, second));

        // When
        Digest third = pushes.push(image, "third");
        await().atMost(SOON).until(() -> waiting(image, third));
        end(image, first, null);

        // Then
        DigestChanged announced = awaitEvent(image, 2);
        assertThat(announced.digest()).isEqualTo(third);
        assertThat(announced.generation()).isEqualTo(3);
        reader.awaitEnd();
        assertThat(verdicts(image))
                .filteredOn(done -> done.fault() == Fault.SUPERSEDED)
                .singleElement()
                .satisfies(done -> {
                    assertThat(done.verdict()).isEqualTo(Verdict.SKIPPED);
                    assertThat(done.digest()).isEqualTo(second);
                    assertThat(done.generation()).isEqualTo(2);
                    assertThat(done.reason()).contains("superseded");
                });
    }

    @Test
    void goingBackToAnOldDigestIsANewRun() throws Exception {
        // Given
        ImageRef image = image("rolled");
        pushes.push(image, "a");
        end(image, awaitEvent(image, 1), null);
        pushes.push(image, "b");
        end(image, awaitEvent(image, 2), null);

        // When
        pushes.push(image, "a");

        // Then
        DigestChanged third = awaitEvent(image, 3);
        assertThat(third.generation()).isEqualTo(3);
        assertThat(third.digest()).isEqualTo(events(image).getFirst().digest());
        assertThat(events(image)).extracting(PollerTest::run).doesNotHaveDuplicates();
    }

    @Test
    void anErroredRunIsFiredAgainTwiceAndNoMore() throws Exception {
        // Given
        ImageRef image = image("retried");
        pushes.push(image, "flaky lab");

        // When
        end(image, awaitEvent(image, 1), Fault.NO_ROOM);
        end(image, awaitEvent(image, 2), Fault.NO_ROOM);
        end(image, awaitEvent(image, 3), Fault.NO_ROOM);

        // Then
        Digest next = pushes.push(image, "next");
        assertThat(awaitEvent(image, 4).digest()).isEqualTo(next);
        assertThat(events(image))
                .extracting(DigestChanged::trigger)
                .containsExactly(Trigger.PUSH, Trigger.RETRY, Trigger.RETRY, Trigger.PUSH);
        assertThat(events(image)).extracting(DigestChanged::generation).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void killedBetweenEventAndStateItSaysTheSameRunAgain() throws Exception {
        // Given
        ImageRef image = image("killed");
        pushes.push(image, "before");
        DigestChanged before = awaitEvent(image, 1);
        await().atMost(SOON).until(() -> states.of(image.stream()).isPresent());
        StreamState old = states.of(image.stream()).orElseThrow();
        end(image, before, null);
        pushes.push(image, "after");
        DigestChanged after = awaitEvent(image, 2);

        // When
        await().atMost(SOON)
                .until(() -> !states.of(image.stream()).orElseThrow().equals(old));
        states.remember(old);
        watches.wake(image.stream(), Trigger.POLL);

        // Then
        assertThat(run(awaitEvent(image, 3))).isEqualTo(run(after));
    }

    @Test
    void aPolledStreamIsOnlyRememberedAtFirstSight() throws Exception {
        // Given
        ImageRef image = image("polled");
        Digest first = pushes.push(image, "first");
        await().atMost(SOON).until(() -> states.of(image.stream()).isPresent());

        // When
        Digest second = pushes.push(image, "second");

        // Then
        DigestChanged event = awaitEvent(image, 1);
        assertThat(event.digest()).isEqualTo(second).isNotEqualTo(first);
        assertThat(event.generation()).isEqualTo(1);
    }

    @Test
    void whatNobodyTakesHoweverOftenItIsAnnouncedKeepsNothingWaiting() {
        // Given
        StreamState once = lost("lost", 1);
        StreamState often = lost("lost", 2);

        // When
        RunStatus afterOnce = runs.statusOf(once.announced());
        RunStatus afterOften = runs.statusOf(often.announced());

        // Then
        assertThat(afterOnce).isInstanceOf(RunStatus.Lost.class);
        assertThat(afterOften.busy()).isFalse();
    }

    private StreamState lost(String name, int repeats) {
        Digest digest = Digest.of(name);
        DigestChanged event = new DigestChanged(image(name), digest, "boot", image(name).stream(), 1L, Trigger.POLL);
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(11));
        return StreamState.remembered(image(name).stream(), digest, null)
                .announcing(new StreamState.Announced(run(event), digest, 1, longAgo, repeats), 0);
    }

    @Test
    void theCatalogIsFollowedWhileItIsGoodAndKeptWhileItIsNot() throws Exception {
        // Given
        String before = Files.readString(catalog);
        ImageRef added = image("added");

        // When
        Files.writeString(catalog, before + "  - {image: \"" + added + "\", interval: PT1H}\n");

        // Then
        await().atMost(SOON).until(() -> looked(added));
        Files.writeString(catalog, before + "  - {image: 7}\n");
        await().atMost(SOON).until(() -> !streams.mistakes().isEmpty());
        assertThat(looked(added)).isTrue();
        Files.writeString(catalog, before);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watches.report(added.stream())).isEmpty());
        assertThat(looked(image("polled"))).isTrue();
        assertThat(streams.mistakes()).isEmpty();
    }

    @Test
    void aTimeThatWasMissedWhileNobodyWatchedIsMadeUpForOnce() throws Exception {
        // Given
        ImageRef image = image("scheduled");
        Digest digest = pushes.push(image, "nightly");
        end(image, awaitEvent(image, 1), null);
        StreamState now = states.of(image.stream()).orElseThrow();
        StreamState.Scheduled honoured = Objects.requireNonNull(now.scheduled());
        Instant longAgo = honoured.last().minus(Duration.ofDays(3));

        // When
        states.remember(now.honouring(new StreamState.Scheduled(honoured.times(), longAgo)));
        watches.wake(image.stream(), Trigger.POLL);

        // Then
        DigestChanged nightly = awaitEvent(image, 2);
        assertThat(nightly.trigger()).isEqualTo(Trigger.SCHEDULE);
        assertThat(nightly.digest()).isEqualTo(digest);
        assertThat(nightly.generation()).isEqualTo(2);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(states.of(image.stream()).orElseThrow().scheduled())
                                .isEqualTo(honoured));
        end(image, nightly, null);
        assertThat(pushes.push(image, "next")).isEqualTo(awaitEvent(image, 3).digest());
    }

    @Test
    void aDigestThatWaitsOnAStreamWhichIsTakenFromTheCatalogEnds() throws Exception {
        // Given
        String before = Files.readString(catalog);
        ImageRef image = image("removed");
        Files.writeString(catalog, before + "  - {image: \"" + image + "\", interval: PT1H}\n");
        await().atMost(SOON).until(() -> looked(image));
        pushes.push(image, "first");
        hold(image, awaitEvent(image, 1));
        Digest second = pushes.push(image, "second");
        await().atMost(SOON).until(() -> waiting(image, second));

        // When
        Files.writeString(catalog, before);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(verdicts(image)).singleElement().satisfies(done -> {
                    assertThat(done.digest()).isEqualTo(second);
                    assertThat(done.fault()).isEqualTo(Fault.SUPERSEDED);
                    assertThat(done.reason()).contains("the catalog has this stream no more");
                }));
        assertThat(states.of(image.stream()).orElseThrow().pending()).isNull();
    }

    private boolean looked(ImageRef image) {
        return watches.report(image.stream())
                .filter(report -> report.at() != null)
                .isPresent();
    }

    private boolean waiting(ImageRef image, Digest digest) {
        return states.of(image.stream())
                .map(StreamState::pending)
                .filter(pending -> pending.digest().equals(digest))
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
        return seen.stream()
                .filter(entry ->
                        entry.topic().equals("digest-changed") && entry.key().equals(image.stream()))
                .map(entry -> EventJson.read(entry.value(), DigestChanged.class))
                .toList();
    }

    private List<TestsDone> verdicts(ImageRef image) {
        return seen.stream()
                .filter(entry -> entry.topic().equals("tests-done"))
                .map(entry -> EventJson.read(entry.value(), TestsDone.class))
                .filter(done -> image.stream().equals(done.stream()))
                .toList();
    }

    private static RunId run(DigestChanged event) {
        return event.runId(0, 0, 0);
    }

    private void hold(ImageRef image, DigestChanged event) {
        PhasePlan phase = new PhasePlan("boot", 512, 1, Duration.ofMinutes(1), List.of());
        Recipe recipe = new Recipe("rootfs", "ext4", 1024, List.of());
        Plan plan = new Plan("boot", recipe, List.of(phase), Duration.ofMinutes(1), Duration.ofMinutes(1));
        Digest digest = Objects.requireNonNull(event.digest());
        Pins pins = new Pins(image, digest, digest, plan, event.stream(), event.generation(), Trigger.PUSH);
        Instant now = Instant.now();
        bus.send(new CleanupDue(
                run(event), State.HELD, now.plusSeconds(600), Stage.DISK_BUILDER, 0, now, pins, List.of()));
    }

    private void end(ImageRef image, DigestChanged event, @Nullable Fault fault) {
        bus.send(new TestsDone(
                run(event),
                image,
                event.digest(),
                null,
                "boot",
                event.stream(),
                event.generation(),
                fault == null ? Verdict.PASSED : fault.verdict(),
                Stage.TEST_RUNNER,
                fault,
                "done",
                Counts.NONE,
                List.of(),
                Instant.now()));
    }
}
