package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Talks to the QEMU guest agent in a guest. Nobody says whether there is one, so each talk begins with a question that
 * only an agent answers, and has a time in which it must be over.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-ga-ref.html">QEMU guest agent protocol</a>
 */
final class GuestAgent implements AutoCloseable {
    private static final int SENTINEL = 0xff;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final SocketChannel channel;
    private final InputStream answers;

    private GuestAgent(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.answers = Channels.newInputStream(channel);
        Executor whenOver = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
        whenOver.execute(this::close);
    }

    /**
     * Connects to the agent behind this socket.
     *
     * @param patience how long the whole talk may take
     * @throws IOException when no agent answers
     */
    static GuestAgent connect(Path socket, Duration patience) throws IOException {
        GuestAgent agent = new GuestAgent(UnixSocket.connect(socket), patience);
        try {
            agent.synchronise(System.nanoTime() & Integer.MAX_VALUE);
            return agent;
        } catch (IOException e) {
            agent.close();
            throw e;
        }
    }

    /** Makes the guest let the lab in and show the run's host key. */
    void introduce(Keys keys) throws IOException {
        JsonNode _ = execute(
                "guest-ssh-add-authorized-keys", Map.of("username", "root", "keys", List.of(keys.authorized())));
        write(Keys.HOST_KEY, keys.hostPrivate());
        write(Keys.HOST_KEY + ".pub", keys.hostPublic() + "\n");
        String takeIt = "chmod 600 " + Keys.HOST_KEY + "; systemctl --no-block restart ssh.service || "
                + "systemctl --no-block restart sshd.service";
        JsonNode _ = execute("guest-exec", Map.of("path", "/bin/sh", "arg", List.of("-c", takeIt)));
    }

    private void write(String path, String content) throws IOException {
        JsonNode handle = execute("guest-file-open", Map.of("path", path, "mode", "w"));
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        try {
            JsonNode _ = execute("guest-file-write", Map.of("handle", handle.asLong(), "buf-b64", encoded));
        } finally {
            JsonNode _ = execute("guest-file-close", Map.of("handle", handle.asLong()));
        }
    }

    private void synchronise(long number) throws IOException {
        send((byte) SENTINEL, Map.of("execute", "guest-sync-delimited", "arguments", Map.of("id", number)));
        int read = answers.read();
        while (read != SENTINEL && read >= 0) {
            read = answers.read();
        }
        if (answer("guest-sync-delimited").asLong() != number) {
            throw new IOException("the guest agent answered somebody else");
        }
    }

    private JsonNode execute(String command, Map<String, Object> arguments) throws IOException {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("execute", command);
        message.put("arguments", arguments);
        send((byte) '\n', message);
        return answer(command);
    }

    private void send(byte first, Map<String, Object> message) throws IOException {
        byte[] json = EventJson.write(message);
        ByteBuffer bytes =
                ByteBuffer.allocate(json.length + 2).put(first).put(json).put((byte) '\n');
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private JsonNode answer(String command) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = answers.read(); read != '\n' || line.isEmpty(); read = answers.read()) {
            if (read < 0 || line.length() > LONGEST_ANSWER) {
                throw new IOException("no guest agent answers " + command);
            }
            if (read != '\n') {
                line.append((char) read);
            }
        }
        JsonNode message = EventJson.mapper().readTree(line.toString());
        if (message.has("error")) {
            throw new IOException("the guest agent refuses " + command + ": "
                    + message.path("error").path("desc").asText());
        }
        return message.path("return");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the line to the guest agent cannot be closed", e);
        }
    }
}
