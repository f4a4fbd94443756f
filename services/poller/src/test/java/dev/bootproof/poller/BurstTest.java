package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.Bus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More digests at once than a lab can test. */
@QuarkusTest
@QuarkusTestResource(PollerLab.class)
@SuppressWarnings("NullAway.Init") // injected, and made before each
class BurstTest {
    private static final int STREAMS = 40;
    private static final int DIGESTS = 500;
    private static final Duration ALL = Duration.ofMinutes(3);

    private final Pushes pushes = new Pushes();

    @Inject
    Bus bus;

    @Inject
    Watches watches;

    @Inject
    StateBook states;

    @Inject
    @ConfigProperty(name = "bootproof.catalog")
    Path catalog;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    @ConfigProperty(name = "test.registry")
    String registry;

    private String before = "";
    private BurstLab lab;

    @BeforeEach
    void watchFortyMore() throws Exception {
        before = Files.readString(catalog);
        String more = images().map(image -> "  - {image: \"" + image + "\", interval: PT1H}\n")
                .collect(Collectors.joining());
        Files.writeString(catalog, before + more);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(images()).allMatch(this::looked));
    }

    @AfterEach
    void watchThemNoMore() throws Exception {
        lab.close();
        Files.writeString(catalog, before);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(images())
                        .allMatch(image -> watches.report(image.stream()).isEmpty()));
    }

    @Test
    void ofFiveHundredDigestsOnFortyStreamsNothingIsLostAndTheNewestOfEachWins() throws Exception {
        // Given
        lab = new BurstLab(servers, bus, stream -> stream.contains("/org/burst-"));

        // When
        Map<String, Digest> newest = pushAll();

        // Then
        await().atMost(ALL).untilAsserted(() -> newest.forEach(this::assertTested));
        assertThat(lab.mostActive()).isEqualTo(1);
        assertThat(newest.keySet()).allSatisfy(this::assertNothingLost);
    }

    @Test
    void ofAHundredDigestsInARowOneIsTestedAndOneWaits() throws Exception {
        // Given
        ImageRef image = named("row");
        lab = new BurstLab(servers, bus, image.stream()::equals);
        lab.holdOn();
        pushes.push(image, "row 0");
        await().atMost(ALL).until(() -> lab.announced(image.stream()).size() == 1);

        // When
        for (int n = 1; n < 100; n++) {
            pushes.push(image, "row " + n);
        }
        Digest newest = pushes.push(image, "row 100");

        // Then
        await().atMost(ALL).until(() -> waiting(image, newest));
        assertThat(lab.announced(image.stream())).hasSize(1);
        lab.letGo();
        await().atMost(ALL).untilAsserted(() -> assertTested(image.stream(), newest));
        assertThat(lab.announced(image.stream())).hasSize(2);
        assertNothingLost(image.stream());
    }

    private Map<String, Digest> pushAll() throws Exception {
        Map<String, Digest> newest = new ConcurrentHashMap<>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                int number = stream;
                all.add(() -> {
                    for (int n = number; n < DIGESTS; n += STREAMS) {
                        newest.put(image(number).stream(), pushes.push(image(number), "digest " + n));
                    }
                    return null;
                });
            }
            for (Future<Void> done : people.invokeAll(all)) {
                done.get();
            }
        }
        return newest;
    }

    /** The newest digest was announced last and has its verdict. */
    private void assertTested(String stream, Digest newest) {
        List<DigestChanged> announced = lab.announced(stream);
        assertThat(announced).isNotEmpty();
        DigestChanged last = announced.getLast();
        assertThat(last.digest()).isEqualTo(newest);
        assertThat(lab.verdicts(stream)).extracting(TestsDone::runId).contains(BurstLab.run(last));
    }

    /** Every generation was tested or said to be superseded, once, and nothing ended for having waited. */
    private void assertNothingLost(String stream) {
        List<TestsDone> verdicts = lab.verdicts(stream).stream()
                .sorted(Comparator.comparingLong(BurstLab::generation))
                .toList();
        assertThat(verdicts)
                .extracting(BurstLab::generation)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, verdicts.size()).boxed().toList());
        assertThat(verdicts).extracting(TestsDone::verdict).doesNotContain(Verdict.ERRORED);
        assertThat(verdicts)
                .filteredOn(done -> done.verdict() == Verdict.SKIPPED)
                .allSatisfy(done -> {
                    assertThat(done.fault()).isEqualTo(Fault.SUPERSEDED);
                    assertThat(done.reason()).contains("superseded");
                });
    }

    private boolean waiting(ImageRef image, Digest digest) {
        return states.of(image.stream())
                .map(StreamState::pending)
                .filter(pending -> pending.digest().equals(digest))
                .isPresent();
    }

    private boolean looked(ImageRef image) {
        return watches.report(image.stream())
                .filter(report -> report.at() != null)
                .isPresent();
    }

    private Stream<ImageRef> images() {
        return Stream.concat(
                Stream.of(named("row")), IntStream.range(0, STREAMS).mapToObj(this::image));
    }

    private ImageRef image(int number) {
        return named("burst-" + number);
    }

    private ImageRef named(String name) {
        return ImageRef.parse(registry + "/org/" + name + ":latest");
    }
}
