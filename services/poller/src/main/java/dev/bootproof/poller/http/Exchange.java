package dev.bootproof.poller.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer, in a bounded time and of a bounded size. Redirects are followed by hand and only where the
 * registry may send us; who we are is said to the registry itself and to nobody that it points to.
 */
final class Exchange {
    /** The most that is read of an answer: manifests and configs are at most 4 MiB. */
    private static final long LARGEST = 4L << 20;

    private static final int REDIRECTS = 3;
    private static final Duration GRACE = Duration.ofMillis(500);

    private final HttpClient client;
    private final Duration timeout;

    Exchange(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** A request with everything but the address and who we are. */
    @FunctionalInterface
    interface Form {
        HttpRequest.Builder at(URI address);
    }

    /** Asks the registry, with this authorization where there is one, and follows where it points. */
    HttpResponse<byte[]> ask(Endpoint endpoint, URI address, Form form, String authorization)
            throws IOException, InterruptedException {
        URI at = address;
        for (int redirects = 0; ; redirects++) {
            HttpRequest.Builder request = form.at(at);
            if (!authorization.isEmpty() && endpoint.is(at)) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> answer = send(request);
            if (!redirected(answer.statusCode())) {
                return answer;
            }
            at = next(at, answer);
            if (redirects == REDIRECTS || !endpoint.trusts(at)) {
                throw new BadAnswerException(
                        "it points to " + at.getScheme() + "://" + at.getAuthority() + ", where it may not send us");
            }
        }
    }

    /** Asks once; a redirect is an answer like any other. */
    HttpResponse<byte[]> send(HttpRequest.Builder form) throws IOException, InterruptedException {
        HttpRequest request = form.timeout(timeout).build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return answer.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw late(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private HttpTimeoutException late(TimeoutException e) {
        HttpTimeoutException late = new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
        late.initCause(e);
        return late;
    }

    private static boolean redirected(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static URI next(URI at, HttpResponse<byte[]> answer) throws BadAnswerException {
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(at::resolve)
                    .orElseThrow(() -> new BadAnswerException("it points to nowhere"));
        } catch (IllegalArgumentException e) {
            throw new BadAnswerException("it points to what is no address");
        }
    }

    /** An answer that nothing can be done with. */
    static final class BadAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        BadAnswerException(String sentence) {
            super(sentence);
        }
    }
}
