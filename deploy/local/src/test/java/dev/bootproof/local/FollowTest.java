package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Follows recorded stories, told over real HTTP. */
class FollowTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpServer server = server();
    private final Screen screen = new Screen();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void tells(String recorded) {
        server.createContext("/api/follow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                for (String line : recorded(recorded)) {
                    body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            }
        });
    }

    private static List<String> recorded(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(FollowTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private Optional<Ending> follow(Duration appears) {
        URI publisher = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Follow(new PublisherClient(publisher), screen.terminal(), Clock.systemUTC())
                .toTheEnd("run=x", appears);
    }

    @Test
    void aRunIsToldFactByFactToItsVerdict() {
        // Given
        tells("passed.ndjson");

        // When
        Optional<Ending> ending = follow(SOON);

        // Then
        assertThat(ending.map(Ending::verdict)).contains(Verdict.PASSED);
        assertThat(screen.lines())
                .containsExactly(
                        "run      demo-os-latest-0123456789ab",
                        "image    127.0.0.1:5000/demo-os:latest",
                        "  disk-builder    works",
                        "digest   sha256:" + "a".repeat(64),
                        "  disk-builder    4.0 s",
                        "  vm-provisioner  works",
                        "  vm-provisioner  7.5 s",
                        "  test-runner     works",
                        "  test-runner     3.5 s",
                        "  boot            kernel 1.0 s, userspace 3.0 s, sshd 6.5 s",
                        "  suite           smoke passed: 6 passed, 1 flaky",
                        "passed: 6 tests passed (15.0 s)",
                        "page     http://127.0.0.1:8085/runs/demo-os-latest-0123456789ab",
                        "evidence 127.0.0.1:5000/bootproof/evidence@sha256:" + "b".repeat(64));
    }

    @Test
    void aBrokenImageNamesTheTestThatFailed() {
        tells("failed.ndjson");

        assertThat(follow(SOON).map(Ending::verdict)).contains(Verdict.FAILED);
        assertThat(screen.lines())
                .contains("  suite           smoke failed: 5 passed, 1 failed")
                .contains("    ✗ the journal has no errors  1 error")
                .contains("failed: smoke: 1 of 6 tests failed (15.0 s)");
    }

    @Test
    void whatAGuestSaidDrivesNoTerminal() {
        tells("hostile.ndjson");

        assertThat(follow(SOON).map(Ending::verdict)).contains(Verdict.FAILED);
        assertThat(screen.lines())
                .contains("    ✗ <b>title</b> gpj.exe  a red line")
                .contains("failed: smoke: 1 of 6 tests failed (15.0 s)");
        assertThat(screen.text()).doesNotContain("\u001b", "\u202e", "\u0000", "\u009b");
    }

    @Test
    void aLabThatCouldNotTellLooksDifferentFromABrokenImage() {
        tells("errored.ndjson");

        assertThat(follow(SOON).map(Ending::verdict)).contains(Verdict.ERRORED);
        assertThat(screen.text()).doesNotContain("failed");
        assertThat(screen.lines())
                .contains("errored: the registry did not answer: 503"
                        + " [the lab could not tell; this says nothing about the image] (2.0 s)");
    }

    @Test
    void aRunThatNeverAppearsIsToldApart() {
        tells("nothing.ndjson");

        assertThat(follow(Duration.ofMillis(200))).isEmpty();
    }
}
