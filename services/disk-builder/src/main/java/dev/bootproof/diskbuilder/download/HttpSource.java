package dev.bootproof.diskbuilder.download;

import dev.bootproof.diskbuilder.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks servers for files; neither an answer nor any byte is waited for longer than a while. */
final class HttpSource implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration patience;
    private final Deadline deadline;

    /** @param patience how long a server may be silent */
    HttpSource(Duration patience, Deadline deadline) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        this.patience = patience;
        this.deadline = deadline;
    }

    /** The answer to a request for the rest of a file, after redirects. */
    HttpResponse<InputStream> get(Address address, long from) throws IOException {
        Address now = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpRequest request = request(now, from);
            HttpResponse<InputStream> answer =
                    waiting(() -> client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
            if (!REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            answer.body().close();
            now = now.redirected(answer.headers().firstValue("location").orElse(""));
        }
        throw address.refused("redirects more than " + MOST_REDIRECTS + " times");
    }

    /** Reads what there is; -1 at the end. */
    int read(InputStream body, byte[] buffer) throws IOException {
        return waiting(() -> body.read(buffer, 0, buffer.length));
    }

    private static HttpRequest request(Address address, long from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri()).header("User-Agent", "bootproof");
        return from == 0
                ? request.build()
                : request.header("Range", "bytes=" + from + "-").build();
    }

    private <T> T waiting(Callable<T> work) throws IOException {
        Duration left = deadline.left();
        boolean last = left.compareTo(patience) < 0;
        Duration limit = last ? left : patience;
        Future<T> result = waiting.submit(work);
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            if (last) {
                throw deadline.missed("a download was still coming in");
            }
            throw new InterruptedIOException("no byte came for " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a file was coming in", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
        client.shutdownNow();
        client.close();
    }
}
