package dev.bootproof.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Whoever is told of verdicts: writes down every notification, one line each, in {@code notified.jsonl}. */
final class Peer implements AutoCloseable {
    private static final int TAKEN = 204;
    private static final int REFUSED = 400;

    private final HttpServer server;
    private final JsonLines notified;
    private final Clock clock;

    private record Notice(
            Instant at, String target, @Nullable String key, String run, String verdict) {}

    private Peer(HttpServer server, JsonLines notified, Clock clock) {
        this.server = server;
        this.notified = notified;
        this.clock = clock;
    }

    /** Begins to listen, on any port. */
    static Peer listen(Path directory, Clock clock) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Peer peer = new Peer(server, new JsonLines(directory.resolve("notified.jsonl")), clock);
        server.createContext("/", peer::hear);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return peer;
    }

    /** Where it listens. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
    }

    private void hear(HttpExchange call) throws IOException {
        try (call) {
            JsonNode told = EventJson.mapper().readTree(call.getRequestBody());
            String run = told.path("run").asText(told.path("runId").asText());
            String key = call.getRequestHeaders().getFirst("Idempotency-Key");
            notified.append(new Notice(
                    clock.instant(), "peer", key, run, told.path("verdict").asText()));
            call.sendResponseHeaders(run.isEmpty() ? REFUSED : TAKEN, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
