package dev.bootproof.poller;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.bootproof.events.Change;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PollerLab.class)
class PullRequestsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PULLS = "/repos/org/os/pulls";
    private static final String REVISION = "org.opencontainers.image.revision";

    private final Pushes pushes = new Pushes();
    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();

    @Inject
    Bus bus;

    @Inject
    StateBook states;

    @Inject
    StreamRows rows;

    @Inject
    Watches watches;

    @Inject
    CatalogStreams catalog;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    @ConfigProperty(name = "test.registry")
    String registry;

    @Inject
    @ConfigProperty(name = "test.github")
    String github;

    private WireMock api;
    private TopicReader reader;

    @BeforeEach
    void read() {
        api = new WireMock("127.0.0.1", Integer.parseInt(github.substring(github.indexOf(':') + 1)));
        api.resetMappings();
        reader = new TopicReader(servers, List.of(Topic.DIGEST_CHANGED, Topic.TESTS_DONE), seen::add);
        reader.start();
    }

    @AfterEach
    void close() {
        api.resetMappings();
        reader.close();
    }

    @Test
    void aLabelledPullRequestIsTestedOncePerCommitWithItsOwnImage() throws Exception {
        // Given
        Digest first = pushes.push(image(41), Map.of(REVISION, commit('a')));

        // When
        open(pull(41, commit('a'), "Test Me"), pull(40, commit('f'), "another label"));
        DigestChanged event = awaitEvent(41, 1);
        end(event);
        open(pull(41, commit('b'), "test me"));
        TestsDone stale = awaitVerdict(41, Fault.NO_IMAGE);
        Digest second = pushes.push(image(41), Map.of(REVISION, commit('b')));

        // Then
        assertThat(event.digest()).isEqualTo(first);
        assertThat(event.image()).isEqualTo(image(41));
        assertThat(event.trigger()).isEqualTo(Trigger.PULL_REQUEST);
        assertThat(event.change()).isEqualTo(new Change("org/os", 41L, commit('a')));
        assertThat(stale.reason())
                .isEqualTo("there is no image to test: %s is of commit %s, not %s"
                        .formatted(image(41), commit('a'), commit('b')));
        DigestChanged next = awaitEvent(41, 2);
        assertThat(next.digest()).isEqualTo(second);
        assertThat(next.generation()).isEqualTo(3);
        assertThat(events(40)).isEmpty();
    }

    @Test
    void aPullRequestWithoutAnImageIsSaidOnceAndTestedWhenItComes() throws Exception {
        // When
        open(pull(42, commit('c'), "test me"));
        TestsDone done = awaitVerdict(42, Fault.NO_IMAGE);

        // Then
        assertThat(done.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(done.digest()).isNull();
        assertThat(done.change()).isEqualTo(new Change("org/os", 42L, commit('c')));
        assertThat(done.reason())
                .isEqualTo("there is no image to test: the pull request 42 of org/os has no image " + image(42));
        Digest digest = pushes.push(image(42), "of no commit");
        assertThat(awaitEvent(42, 1).digest()).isEqualTo(digest);
        assertThat(verdicts(42)).hasSize(1);
        assertThat(rows.all()).anySatisfy(row -> {
            assertThat(row.kind()).isEqualTo("pull-request");
            assertThat(row.commit()).isEqualTo(commit('c'));
        });
    }

    @Test
    void aPullRequestThatWasClosedIsForgottenAfterATime() throws Exception {
        // Given
        pushes.push(image(44), Map.of(REVISION, commit('e')));
        open(pull(44, commit('e'), "test me"));
        end(awaitEvent(44, 1));
        String key = PullState.key(stream(44));
        await().atMost(SOON).untilAsserted(() -> assertThat(states.pull(key)).isPresent());

        // When
        open(pull(45, commit('f'), "test me"));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(states.pull(key)).isEmpty());
        assertThat(rows.all()).noneMatch(row -> row.stream().equals(stream(44)));
    }

    @Test
    void everyPageIsReadWithTheTokenAndOnlyWhatChangedIsSent() throws Exception {
        // Given
        pushes.push(image(43), "second page");
        api.register(get(urlPathEqualTo(PULLS))
                .withQueryParam("page", equalTo("1"))
                .atPriority(5)
                .willReturn(aResponse()
                        .withHeader("ETag", "\"one\"")
                        .withHeader("Link", "<http://%s%s?page=2>; rel=\"next\"".formatted(github, PULLS))
                        .withBody("[]")));
        api.register(get(urlPathEqualTo(PULLS))
                .withQueryParam("page", equalTo("1"))
                .withHeader("If-None-Match", equalTo("\"one\""))
                .atPriority(1)
                .willReturn(aResponse().withStatus(304)));
        api.register(get(urlPathEqualTo(PULLS))
                .withQueryParam("page", equalTo("2"))
                .willReturn(aResponse().withBody("[" + pull(43, commit('d'), "test me") + "]")));

        // When
        wake();
        awaitEvent(43, 1);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> api.verifyThat(
                        moreThanOrExactly(2),
                        getRequestedFor(urlPathEqualTo(PULLS))
                                .withQueryParam("page", equalTo("1"))
                                .withQueryParam("state", equalTo("open"))
                                .withHeader("If-None-Match", equalTo("\"one\""))
                                .withHeader("Authorization", equalTo("Bearer " + PollerLab.GITHUB_TOKEN))));
        assertThat(events(43)).hasSize(1);
    }

    @Test
    void aRepositoryThatIsNotFoundIsShownWithWhatToDo() {
        // When
        api.register(get(urlPathEqualTo(PULLS)).willReturn(aResponse().withStatus(404)));
        wake();

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(rows.all()).anySatisfy(row -> {
                    assertThat(row.kind()).isEqualTo("pull-requests");
                    assertThat(row.lastOutcome()).isEqualTo("not-found");
                    assertThat(row.detail()).contains("org/os");
                    assertThat(row.advice()).isNotEmpty();
                    assertThat(row.failures()).isPositive();
                }));
    }

    private void open(String... pulls) {
        api.register(get(urlPathEqualTo(PULLS))
                .willReturn(aResponse()
                        .withHeader(
                                "ETag",
                                "\"" + Digest.of(String.join(",", pulls)).abbreviated() + "\"")
                        .withBody("[" + String.join(",", pulls) + "]")));
        wake();
    }

    /** GitHub had nothing to say before a test began, and is asked less and less often. */
    private void wake() {
        catalog.current().pullRequests().forEach(requests -> watches.wake(PullsSubject.key(requests), Trigger.PUSH));
    }

    private static String pull(int number, String commit, String label) {
        return """
                {"number":%d,"head":{"sha":"%s"},"merge_commit_sha":null,"labels":[{"name":"%s"}]}""".formatted(number, commit, label);
    }

    private static String commit(char digit) {
        return String.valueOf(digit).repeat(40);
    }

    private ImageRef image(int number) {
        return ImageRef.parse(registry + "/org/pulled:pr-" + number);
    }

    private String stream(int number) {
        return image(number) + "#org/os/" + number;
    }

    private DigestChanged awaitEvent(int number, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(events(number)).hasSize(count));
        return events(number).getLast();
    }

    private TestsDone awaitVerdict(int number, Fault fault) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(verdicts(number))
                        .filteredOn(done -> done.fault() == fault)
                        .hasSize(1));
        return verdicts(number).stream()
                .filter(done -> done.fault() == fault)
                .findFirst()
                .orElseThrow();
    }

    private List<DigestChanged> events(int number) {
        return seen.stream()
                .filter(entry ->
                        entry.topic().equals("digest-changed") && entry.key().equals(stream(number)))
                .map(entry -> EventJson.read(entry.value(), DigestChanged.class))
                .toList();
    }

    private List<TestsDone> verdicts(int number) {
        return seen.stream()
                .filter(entry -> entry.topic().equals("tests-done"))
                .map(entry -> EventJson.read(entry.value(), TestsDone.class))
                .filter(done -> stream(number).equals(done.stream()))
                .toList();
    }

    private void end(DigestChanged event) {
        bus.send(new TestsDone(
                event.runId(0, 0, 0),
                event.image(),
                event.digest(),
                null,
                "boot",
                event.stream(),
                event.generation(),
                Verdict.PASSED,
                Stage.TEST_RUNNER,
                null,
                "done",
                Counts.NONE,
                List.of(),
                Instant.now()));
    }
}
