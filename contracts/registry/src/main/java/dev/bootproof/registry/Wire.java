package dev.bootproof.registry;

import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.RegistryException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import land.oras.ContainerRef;
import land.oras.auth.AuthProvider;
import land.oras.auth.AuthStoreAuthenticationProvider;
import land.oras.auth.HttpClient;
import land.oras.auth.HttpClient.ResponseWrapper;
import land.oras.auth.Scope;
import land.oras.auth.Scopes;
import land.oras.exception.OrasException;

/**
 * Requests to registries: oras-java logs in, follows redirects and carries the bytes; here are the deadline of each
 * request, the retries, and what an answer means. The only place that knows oras-java.
 *
 * <p>Of oras-java its HTTP client is used and not its {@code Registry}: that one reads bodies as text, believes the
 * registry's word for a digest, and throws after it has pushed a manifest with a subject to a registry without the
 * referrers API.
 */
final class Wire implements AutoCloseable {
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int EVIDENCE_BYTES = 2048;

    private final RegistryOptions options;
    private final HttpClient http;
    private final AuthProvider credentials = new AuthStoreAuthenticationProvider();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);

    Wire(RegistryOptions options) {
        this.options = options;
        this.http = HttpClient.Builder.builder()
                .withTimeout((int) Math.max(1, options.timeout().toSeconds()))
                .build();
    }

    /** What was answered, when it was no error. Header names are in lower case. */
    record Answer<T>(Map<String, String> headers, T body) {}

    Answer<String> head(ImageRef ref, URI uri, String accept) {
        return text(ref, Duration.ZERO, () -> http.head(uri, Map.of("Accept", accept), scopes(ref), credentials));
    }

    Answer<InputStream> get(ImageRef ref, URI uri, String accept) {
        return retrying(() -> {
            ResponseWrapper<InputStream> response = within(
                    ref, Duration.ZERO, () -> http.download(uri, Map.of("Accept", accept), scopes(ref), credentials));
            if (response.statusCode() >= 300) {
                throw failure(ref, response.statusCode(), start(response.response()));
            }
            return new Answer<>(response.headers(), response.response());
        });
    }

    Answer<String> post(ImageRef ref, URI uri) {
        Map<String, String> headers = Map.of("Content-Type", MediaTypes.BYTES);
        return text(ref, Duration.ZERO, () -> http.post(uri, new byte[0], headers, scopes(ref), credentials));
    }

    Answer<String> put(ImageRef ref, URI uri, String contentType, byte[] body) {
        Map<String, String> headers = Map.of("Content-Type", contentType);
        return text(ref, Duration.ZERO, () -> http.put(uri, body, headers, scopes(ref), credentials));
    }

    Answer<String> delete(ImageRef ref, URI uri) {
        return text(ref, Duration.ZERO, () -> http.delete(uri, Map.of(), scopes(ref), credentials));
    }

    /** Not tried again by itself: a broken upload needs a new place to upload to. */
    Answer<String> upload(ImageRef ref, URI uri, Path file, Duration extra) {
        Map<String, String> headers = Map.of("Content-Type", MediaTypes.BYTES);
        return textOnce(ref, extra, () -> http.upload("PUT", uri, headers, file, scopes(ref), credentials));
    }

    /** The same bytes; a read that waits longer than a request may is a failure, not a wait for ever. */
    InputStream guarded(ImageRef ref, InputStream bytes) {
        return new FilterInputStream(bytes) {
            @Override
            public int read() {
                return within(ref, Duration.ZERO, in::read);
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return within(ref, Duration.ZERO, () -> in.read(target, offset, length));
            }
        };
    }

    /** The address of something below a repository: {@code manifests/v1}, {@code tags/list}. */
    URI uri(ImageRef ref, String below) {
        ContainerRef container = container(ref);
        String namespace = container.getNamespace();
        String repository = namespace == null ? container.getRepository() : namespace + "/" + container.getRepository();
        String scheme = plain(ref.registry()) ? "http" : "https";
        return URI.create(scheme + "://" + container.getApiRegistry() + "/v2/" + repository + "/" + below);
    }

    /** Does it again where the registry is unavailable, a bounded number of times, with a growing pause. */
    <T> T retrying(Supplier<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.get();
            } catch (RegistryException e) {
                if (e.kind() != Kind.UNAVAILABLE || tried == TRIES || pauseEnded(tried)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        requests.shutdownNow();
    }

    private Answer<String> text(ImageRef ref, Duration extra, Callable<ResponseWrapper<String>> call) {
        return retrying(() -> textOnce(ref, extra, call));
    }

    private Answer<String> textOnce(ImageRef ref, Duration extra, Callable<ResponseWrapper<String>> call) {
        ResponseWrapper<String> response = within(ref, extra, call);
        if (response.statusCode() >= 300) {
            throw failure(ref, response.statusCode(), response.response());
        }
        return new Answer<>(response.headers(), response.response());
    }

    private <T> T within(ImageRef ref, Duration extra, Callable<T> call) {
        Duration limit = options.timeout().plus(extra);
        Future<T> answer = requests.submit(call);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new RegistryException(Kind.UNAVAILABLE, ref + ": no answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryException(Kind.UNAVAILABLE, ref + ": interrupted", e);
        } catch (ExecutionException e) {
            throw failure(ref, e.getCause() == null ? e : e.getCause());
        }
    }

    private static RegistryException failure(ImageRef ref, Throwable cause) {
        if (cause instanceof OrasException answered && answered.getStatusCode() != null) {
            int status = answered.getStatusCode();
            if (status >= 400) {
                return new RegistryException(
                        Kind.ofStatus(status), ref + ": " + status + " " + answered.getMessage(), cause);
            }
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new RegistryException(Kind.UNAVAILABLE, ref + ": " + said, cause);
    }

    private static RegistryException failure(ImageRef ref, int status, String body) {
        Kind kind = body.contains("DIGEST_INVALID") ? Kind.MISMATCH : Kind.ofStatus(status);
        return new RegistryException(kind, (ref + ": HTTP " + status + " " + firstError(body)).strip(), null);
    }

    private static String firstError(String body) {
        return body.startsWith("{")
                ? OciJson.parse(body.getBytes(StandardCharsets.UTF_8), "an error")
                        .path("errors")
                        .path(0)
                        .path("message")
                        .asText()
                : body.lines().findFirst().orElse("");
    }

    private static String start(InputStream body) {
        try (body) {
            return new String(body.readNBytes(EVIDENCE_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private boolean pauseEnded(int tried) {
        long pause = FIRST_PAUSE.toMillis() << (2 * (tried - 1));
        try {
            return closed.await(pause + ThreadLocalRandom.current().nextLong(pause), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean plain(String registry) {
        String host = registry.replaceFirst(":[0-9]+$", "");
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || options.plainHttp().contains(registry);
    }

    private static Scopes scopes(ImageRef ref) {
        return Scopes.of(container(ref), new Scope[0]);
    }

    private static ContainerRef container(ImageRef ref) {
        return ContainerRef.parse(ref.registry() + "/" + ref.repository());
    }
}
