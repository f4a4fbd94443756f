package dev.bootproof.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Verdicts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs that are kept, released before their time, and cancelled. */
@QuarkusTest
@QuarkusTestResource(Lab.class)
class KeepTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration KEEP = Duration.ofMinutes(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunId run = Samples.run();

    @Inject
    Bus bus;

    @Inject
    LeaseBook book;

    @Inject
    Verdicts verdicts;

    @Inject
    LocalLab lab;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI janitor;

    @Test
    void aRunThatIsToBeKeptIsKeptAfterItsVerdictAndGoneWhenReleased() throws Exception {
        // Given
        Path directory = Files.createDirectories(lab.run(run));
        book.write(Samples.heldAndKept(run, later(), KEEP));
        try (FakeMachine machine = new FakeMachine(run, lab.home())) {
            // When
            bus.send(Samples.passed(run));
            Lease kept = await(State.ENDED);
            assertThat(Duration.between(Instant.now(), kept.until())).isBetween(KEEP.minus(SOON), KEEP);
            assertThat(machine.runs()).isTrue();
            HttpResponse<String> released = post("release", "");
            HttpResponse<String> again = post("release", "");

            // Then
            assertThat(released.statusCode()).isEqualTo(200);
            assertThat(released.body()).contains("nothing is left of " + run, "machine bootproof-" + run);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(released.body());
            assertThat(machine.runs()).isFalse();
            assertThat(directory).doesNotExist();
            assertThat(await(State.RELEASED).lines()).hasSize(3);
        }
    }

    @Test
    void aSkippedRunIsNotKept() {
        // Given
        book.write(Samples.heldAndKept(run, later(), KEEP));

        // When
        verdicts.end(run, Samples.pins(run.value()), Fault.UNSUPPORTED, "no kernel", List.of());

        // Then
        await(State.RELEASED);
    }

    @Test
    void aRunThatGoesOnIsNotReleased() throws Exception {
        // Given
        book.write(Samples.held(run, later()));

        // When
        HttpResponse<String> refused = post("release", "");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("goes on: wait for its verdict, or cancel it");
        assertThat(book.lease(run)).map(Lease::held).contains(true);
    }

    @Test
    void aCancelledRunEndsAsSkippedByItsUserAndLeavesNothing() throws Exception {
        // Given
        Path directory = Files.createDirectories(lab.run(run));
        book.write(Samples.heldAndKept(run, later(), KEEP));

        // When
        HttpResponse<String> cancelled = post("cancel", "{\"by\":\"alice\"}");
        HttpResponse<String> again = post("cancel", "{\"by\":\"bob\"}");

        // Then
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(cancelled.body()).contains("skipped: cancelled by alice");
        assertThat(again.body()).isEqualTo(cancelled.body());
        await(State.RELEASED);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aRunThatHasEndedCannotBeCancelled() throws Exception {
        // Given
        bus.send(Samples.passed(run));
        await(State.RELEASED);

        // When
        HttpResponse<String> refused = post("cancel", "{\"by\":\"alice\"}");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("has ended already, passed: it boots");
    }

    @Test
    void whatCannotBeMeantIsRefusedWithASentence() throws Exception {
        assertThat(post("cancel", "{\"by\":\"alice\"}").statusCode()).isEqualTo(404);
        assertThat(post("release", "").body()).contains("the lease book has no run " + run);
        assertThat(post("cancel", "{}").body()).contains("say who cancels, as in");
        assertThat(post("cancel", "{\"by\":\"<b>alice\"}").statusCode()).isEqualTo(400);
        HttpRequest page =
                request("release", "").header("Origin", "http://evil.example").build();
        assertThat(HTTP.send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> post(String verb, String body) throws IOException, InterruptedException {
        return HTTP.send(request(verb, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String verb, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(janitor.resolve("/runs/" + run + "/" + verb))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return body.isEmpty() ? request : request.header("Content-Type", "application/json");
    }

    private Lease await(State state) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(book.lease(run)).map(Lease::state).contains(state));
        return Objects.requireNonNull(book.lease(run).orElse(null));
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }
}
