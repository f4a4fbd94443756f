package dev.bootproof.testrunner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Ticking;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpOwnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Ticking clock = new Ticking();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private String body = "";
    private final HttpServer server;

    HttpOwnerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/m/restore", exchange -> {
            byte[] said = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                int status = statuses.size() > 1 ? statuses.pop() : statuses.element();
                exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
                exchange.getResponseBody().write(said);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.stop(0);
    }

    @Test
    void anOwnerThatIsBeingRestartedIsAskedAgain() {
        // Given
        statuses.addAll(List.of(503, 502, 200));

        // When
        order();

        // Then
        assertThat(statuses).containsExactly(200);
    }

    @Test
    void anOwnerThatIsGoneIsWaitedForNoLongerThanItsPatience() {
        // Given
        server.stop(0);

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(this::order)
                .withMessageContaining("does not answer")
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.SNAPSHOT_FAILED));
        assertThat(clock.instant()).isBetween(Instant.ofEpochSecond(16), Instant.ofEpochSecond(20));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409|{\"error\":\"no room on the disk\"}|SNAPSHOT_FAILED|no room on the disk",
                "409|{\"fault\":\"no-room\",\"error\":\"the lab had no room in time: 1 GiB\"}|NO_ROOM|1 GiB",
                "409|{\"fault\":\"unheard-of\",\"error\":\"x\"}|SNAPSHOT_FAILED|without saying why",
                "409|<html>|SNAPSHOT_FAILED|without saying why",
                "404|gone|SNAPSHOT_FAILED|HTTP 404",
                "500|oops|SNAPSHOT_FAILED|HTTP 500",
            })
    void aRefusalIsTheFaultThatTheOwnerNames(int status, String said, Fault fault, String evidence) {
        // Given
        statuses.add(status);
        body = said;

        // Then
        assertThatExceptionOfType(StageFault.class).isThrownBy(this::order).satisfies(thrown -> {
            assertThat(thrown.fault()).isEqualTo(fault);
            assertThat(thrown.evidence()).contains(evidence);
        });
    }

    private void order() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/m");
        new HttpOwner(client, address, PATIENCE, clock, clock::pass)
                .order("/restore", Duration.ofSeconds(10), Fault.SNAPSHOT_FAILED);
    }
}
