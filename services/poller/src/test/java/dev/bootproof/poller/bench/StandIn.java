package dev.bootproof.poller.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A registry that has every tag, unchanged, and counts how it is asked. */
final class StandIn implements AutoCloseable {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final HttpServer server;
    private final Duration delay;
    private volatile long longestGap;

    StandIn(Duration delay) throws IOException {
        this.delay = delay;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    long requests() {
        return requests.sum();
    }

    /** How many streams were asked for. */
    int streams() {
        return last.size();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** The longest time between two looks at one stream. */
    Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            note(exchange.getRequestURI().getPath());
            boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            if (!stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                exchange.sendResponseHeaders(conditional ? 304 : 200, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
            exchange.close();
        }
    }

    private void note(String path) {
        long now = System.nanoTime();
        requests.increment();
        Long before = last.put(path, now);
        if (before != null && now - before > longestGap) {
            longestGap = now - before;
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        server.stop(0);
    }
}
