package dev.bootproof.poller.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.Registries.Known;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeadRegistriesTest {
    private static final Digest DIGEST = Digest.of("manifest");
    private static final Known KNOWN = new Known(DIGEST, null);

    private final HeadRegistries registries = new HeadRegistries(Duration.ofSeconds(1), Clock.systemUTC());
    private final CountDownLatch hang = new CountDownLatch(1);
    private final AtomicInteger tokens = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v2/os/manifests/", this::answer);
        server.createContext("/v2/private/manifests/", this::answerWithToken);
        server.createContext("/token", this::token);
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
    }

    @Test
    void eachAnswerIsItsOwnOutcome() {
        // When, then
        assertThat(look("there")).isEqualTo(new Outcome.Unchanged());
        assertThat(registries.look(image("there"), null)).isEqualTo(new Outcome.Moved(DIGEST, "\"tag of it\""));
        assertThat(look("nowhere")).isEqualTo(new Outcome.Missing());
        assertThat(look("forbidden")).isInstanceOf(Outcome.Refused.class);
        assertThat(look("unauthorized")).isInstanceOf(Outcome.Refused.class);
        assertThat(look("limited")).isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(7)));
        assertThat(look("busy")).isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(3)));
        assertThat(look("broken")).isEqualTo(new Outcome.Unavailable("the registry answered 500"));
        assertThat(look("nameless")).isEqualTo(new Outcome.Unavailable("the registry names no digest"));
    }

    @Test
    void theConditionIsTheDigestOrTheTagThatTheRegistryGaveIt() {
        // When, then
        assertThat(look("condition")).isEqualTo(new Outcome.Unchanged());
        assertThat(registries.look(image("etag"), new Known(Digest.of("other"), "\"tag of it\"")))
                .isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void aRegistryThatHangsOrIsGoneIsUnavailable() {
        // Given
        ImageRef gone = ImageRef.parse("127.0.0.1:1/os:latest");

        // When, then
        assertThat(look("hangs")).isInstanceOf(Outcome.Unavailable.class);
        assertThat(registries.look(gone, KNOWN)).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void aTokenIsFetchedWhereTheRegistryAsksForOneAndKept() {
        // Given
        ImageRef image = ImageRef.parse(address() + "/private:latest");

        // When
        Outcome first = registries.look(image, null);
        Outcome second = registries.look(image, KNOWN);

        // Then
        assertThat(first).isInstanceOf(Outcome.Moved.class);
        assertThat(second).isEqualTo(new Outcome.Unchanged());
        assertThat(tokens).hasValue(1);
    }

    private Outcome look(String tag) {
        return registries.look(image(tag), KNOWN);
    }

    private ImageRef image(String tag) {
        return ImageRef.parse(address() + "/os:" + tag);
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "there" -> found(exchange);
            case "nowhere" -> status(exchange, 404);
            case "forbidden" -> status(exchange, 403);
            case "unauthorized" -> status(exchange, 401);
            case "limited" -> later(exchange, 429, "7");
            case "busy" -> later(exchange, 503, "3");
            case "broken" -> status(exchange, 500);
            case "nameless" -> status(exchange, 200);
            case "condition" -> conditional(exchange, '"' + DIGEST.value() + '"');
            case "etag" -> conditional(exchange, "\"tag of it\"");
            case "hangs" -> hang(exchange);
            default -> status(exchange, 418);
        }
    }

    private void hang(HttpExchange exchange) throws IOException {
        try {
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status(exchange, 200);
    }

    private static void conditional(HttpExchange exchange, String condition) throws IOException {
        boolean same = condition.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        status(exchange, same ? 304 : 500);
    }

    private void answerWithToken(HttpExchange exchange) throws IOException {
        if ("Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            found(exchange);
            return;
        }
        String challenge = "Bearer realm=\"http://" + address() + "/token\",service=\"test\"";
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        status(exchange, 401);
    }

    private void token(HttpExchange exchange) throws IOException {
        tokens.incrementAndGet();
        assertThat(exchange.getRequestURI().getQuery()).isEqualTo("scope=repository:private:pull&service=test");
        byte[] body = "{\"token\":\"good\",\"expires_in\":300}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void found(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST.value());
        exchange.getResponseHeaders().set("ETag", "\"tag of it\"");
        status(exchange, 200);
    }

    private static void later(HttpExchange exchange, int status, String seconds) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", seconds);
        status(exchange, status);
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
