package dev.bootproof.poller.http;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.PollerConfig;
import dev.bootproof.poller.Registries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at tags with conditional {@code HEAD}s, anonymously or with the token that the registry asks us to fetch. */
@ApplicationScoped
public class HeadRegistries implements Registries {
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client;
    private final Duration timeout;
    private final Tokens tokens;
    private final RetryAfter retryAfter;

    /** Looks as this says. */
    @Inject
    public HeadRegistries(PollerConfig config, Clock clock) {
        this(config.timeout(), clock);
    }

    HeadRegistries(Duration timeout, Clock clock) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(timeout)
                .build();
        this.tokens = new Tokens(client, timeout, clock);
        this.retryAfter = new RetryAfter(clock);
    }

    @Override
    public Outcome look(ImageRef image, @Nullable Known known) {
        Endpoint endpoint = Endpoint.of(image);
        try {
            HttpResponse<Void> answer = head(endpoint, known, tokens.known(endpoint));
            if (answer.statusCode() == UNAUTHORIZED) {
                Optional<String> token = tokens.fetch(endpoint, answer.headers());
                answer = token.isEmpty() ? answer : head(endpoint, known, token);
            }
            return outcome(answer, known);
        } catch (IOException e) {
            return new Outcome.Unavailable(said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable("interrupted");
        }
    }

    private HttpResponse<Void> head(Endpoint endpoint, @Nullable Known known, Optional<String> token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.manifest())
                .timeout(timeout)
                .header("Accept", MANIFESTS)
                .HEAD();
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        if (known != null) {
            request.header(
                    "If-None-Match", known.etag() == null ? '"' + known.digest().value() + '"' : known.etag());
        }
        return client.send(request.build(), BodyHandlers.discarding());
    }

    private Outcome outcome(HttpResponse<Void> answer, @Nullable Known known) {
        return switch (answer.statusCode()) {
            case 200 -> found(answer, known);
            case 304 ->
                known == null ? new Outcome.Unavailable("answered 304 to no condition") : new Outcome.Unchanged();
            case UNAUTHORIZED, 403 -> new Outcome.Refused("the registry answered " + answer.statusCode());
            case 404 -> new Outcome.Missing();
            case 429 -> new Outcome.RateLimited(retryAfter.of(answer.headers()).orElse(RetryAfter.UNSAID));
            case 503 -> unavailable(answer);
            default -> new Outcome.Unavailable("the registry answered " + answer.statusCode());
        };
    }

    private Outcome unavailable(HttpResponse<Void> answer) {
        Optional<Duration> pause = retryAfter.of(answer.headers());
        if (pause.isPresent()) {
            return new Outcome.RateLimited(pause.get());
        }
        return new Outcome.Unavailable("the registry answered 503");
    }

    private static Outcome found(HttpResponse<Void> answer, @Nullable Known known) {
        Optional<String> named = answer.headers().firstValue("Docker-Content-Digest");
        if (named.isEmpty()) {
            return new Outcome.Unavailable("the registry names no digest");
        }
        try {
            Digest digest = new Digest(named.get());
            if (known != null && known.digest().equals(digest)) {
                return new Outcome.Unchanged();
            }
            return new Outcome.Moved(digest, answer.headers().firstValue("ETag").orElse(null));
        } catch (MalformedEvent e) {
            return new Outcome.Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
