package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Talks to a running QEMU.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qmp-spec.html">QEMU Machine Protocol</a>
 */
final class QmpClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SocketChannel channel;
    private final Listener listener;
    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();

    /** Hears what QEMU says without being asked; it must not ask anything itself. */
    interface Listener {
        /** Something happened. */
        void event(String name, JsonNode data);

        /** QEMU has closed the line, which it does when it ends. */
        void closed();
    }

    private QmpClient(SocketChannel channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * Connects to the QEMU behind this socket.
     *
     * @throws IOException when nobody answers there in five seconds; the listener then hears nothing, because a QEMU
     *     that does not answer may well run
     */
    static QmpClient connect(Path socket, Listener listener) throws IOException {
        QmpClient client = new QmpClient(UnixSocket.connect(socket), listener);
        Thread.ofVirtual().name("qmp " + socket).start(client::listen);
        try {
            JsonNode _ = client.execute("qmp_capabilities", Map.of());
            client.greeted.complete(true);
            return client;
        } catch (IOException e) {
            client.greeted.complete(false);
            client.close();
            throw e;
        }
    }

    /**
     * Executes a command.
     *
     * @return what it returned
     * @throws IOException with QEMU's words when it refuses, or when it does not answer in five seconds
     */
    JsonNode execute(String command, Map<String, String> arguments) throws IOException {
        return execute(command, arguments, PATIENCE);
    }

    /** Executes a command that may take this long. */
    JsonNode execute(String command, Map<String, String> arguments, Duration patience) throws IOException {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            send(EventJson.write(Map.of("execute", command, "arguments", arguments, "id", id)));
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("QEMU did not answer " + command + " in time", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while QEMU was asked " + command, e);
        } finally {
            asked.remove(id);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            asked.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private synchronized void send(byte[] message) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), -1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(EventJson.mapper().readTree(line));
            }
        } catch (IOException e) {
            asked.values().forEach(answer -> answer.completeExceptionally(e));
        } finally {
            IOException gone = new IOException("QEMU has gone");
            asked.values().forEach(answer -> answer.completeExceptionally(gone));
            if (greeted.join()) {
                listener.closed();
            }
        }
    }

    private void hear(JsonNode message) {
        if (message.has("event")) {
            listener.event(message.get("event").asText(), message.path("data"));
            return;
        }
        CompletableFuture<JsonNode> answer = asked.get(message.path("id").asLong());
        if (answer == null) {
            return;
        }
        if (message.has("error")) {
            answer.completeExceptionally(
                    new IOException(message.path("error").path("desc").asText()));
        } else {
            answer.complete(message.path("return"));
        }
    }
}
