package dev.bootproof.publisher;

import dev.bootproof.events.LocalLab;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Those who are told, over HTTP: one request, one deadline for all of it, no redirects, because a secret must not follow
 * one.
 *
 * <p>Failure: throws {@link IOException} where there is no answer in time.
 */
@ApplicationScoped
class Peers {
    private static final int MOST = 64 << 10;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private final HttpClient http;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration timeout;
    private final LocalLab lab;
    private final Clock clock;

    Peers(PublisherConfig config, LocalLab lab, Clock clock) {
        this.timeout = config.tellTimeout();
        this.lab = lab;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers the answer's headers
     * @param body its beginning
     */
    record Answer(int status, HttpHeaders headers, String body) {}

    Answer get(URI uri, Map<String, String> headers) throws IOException {
        return send(request(uri, headers).GET());
    }

    Answer post(URI uri, Map<String, String> headers, byte[] json) throws IOException {
        return send(request(uri, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    /** What an answer to a message means. */
    Outcome judge(Answer answer) {
        return Judgement.of(answer, clock.instant());
    }

    /** The first line of a secret's file; empty where there is none. */
    Optional<String> secret(String name) {
        if (!name.matches(NAME)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(lab.secret(name))) {
            return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty());
        } catch (IOException e) {
            Log.debugf("no secret %s: %s", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** What is said where a secret is missing. */
    Outcome missing(String name) {
        return new Outcome.Later("the secret " + name + " is missing: write it into " + lab.secret(name), null);
    }

    private HttpRequest.Builder request(URI uri, Map<String, String> headers) throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
            request.header("User-Agent", "bootproof");
            headers.forEach(request::header);
            return request;
        } catch (IllegalArgumentException e) {
            throw new IOException("it cannot be asked: " + e.getMessage(), e);
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        Future<Answer> call = calls.submit(() -> exchange(request.build()));
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new IOException("no answer within " + Spoken.duration(timeout), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String said = cause == null || cause.getMessage() == null ? "no connection" : cause.getMessage();
            throw new IOException(said, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Answer exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Answer(
                    response.statusCode(),
                    response.headers(),
                    new String(body.readNBytes(MOST), StandardCharsets.UTF_8));
        }
    }

    @PreDestroy
    void close() {
        calls.shutdownNow();
        http.shutdownNow();
    }
}
