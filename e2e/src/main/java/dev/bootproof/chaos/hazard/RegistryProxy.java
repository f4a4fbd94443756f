package dev.bootproof.chaos.hazard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Stands between the services and the registry and passes everything on, unless its {@link Mood} says otherwise. Whether
 * the registry is there at all ({@code GET /v2/}) is always answered by the registry, for whoever starts it.
 */
public final class RegistryProxy implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int BAD_GATEWAY = 502;

    private final HttpServer server;
    private final HttpClient client;
    private final Supplier<String> registry;
    private final Path directory;
    private volatile boolean closed;

    private RegistryProxy(HttpServer server, Supplier<String> registry, Path directory) {
        this.server = server;
        this.registry = registry;
        this.directory = directory;
        Passing.prepare();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * Opens it at a free port of this host.
     *
     * @param registry host and port of the registry, asked for each request
     * @param directory the storm's directory, where the mood is written
     */
    public static RegistryProxy open(Supplier<String> registry, Path directory) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RegistryProxy proxy = new RegistryProxy(server, registry, directory);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", proxy::handle);
        server.start();
        return proxy;
    }

    /** Its host and port, which images are named by. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
            switch (greeting ? Mood.CALM : Mood.of(directory)) {
                case CALM, TRUNCATING, DRIPPING -> pass(exchange);
                case UNAUTHORIZED -> refuse(exchange, 401, "WWW-Authenticate", "Basic realm=\"storm\"");
                case THROTTLED -> refuse(exchange, 429, "Retry-After", "2");
                case BROKEN -> refuse(exchange, 500, "X-Storm", "yes");
                case HANGING -> hang();
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String header, String value) throws IOException {
        exchange.getRequestBody().skip(Long.MAX_VALUE);
        exchange.getResponseHeaders().set(header, value);
        exchange.sendResponseHeaders(status, -1);
    }

    /** Until it is calm again; then the connection ends without a word. */
    private void hang() throws IOException {
        while (!closed && Mood.of(directory) == Mood.HANGING) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        throw new IOException("the registry hung");
    }

    private void pass(HttpExchange exchange) throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(Passing.request(exchange, registry.get()), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                boolean blob = exchange.getRequestURI().getPath().contains("/blobs/")
                        && exchange.getRequestMethod().equals("GET");
                Passing.answer(exchange, answer, new MoodyBody(body, blob, () -> Mood.of(directory)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the proxy is being closed", e);
        } catch (ConnectException e) {
            refuse(exchange, BAD_GATEWAY, "X-Storm", "the registry is away");
        }
    }

    /** Ends it; requests that hang are let go. */
    @Override
    public void close() {
        closed = true;
        server.stop(0);
        client.shutdownNow();
    }
}
