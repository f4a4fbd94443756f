package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The talk with an agent at the other end of a socket, which here is this test. */
class GuestAgentTest {
    private static final Keys KEYS = Keys.of(new DerivedKeys(new byte[32]), new RunId("agent-0123456789ab"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory = Path.of("/");

    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    @Test
    void theGuestIsToldBothKeysAndItsServerTakesThem() throws IOException {
        // Given
        Path socket = agent(command -> "{\"return\": 7}");
        // When
        try (GuestAgent agent = GuestAgent.connect(socket, PATIENCE)) {
            agent.introduce(KEYS);
        }
        // Then
        assertThat(asked)
                .extracting(message -> message.path("execute").asText())
                .containsExactly(
                        "guest-sync-delimited",
                        "guest-ssh-add-authorized-keys",
                        "guest-file-open",
                        "guest-file-write",
                        "guest-file-close",
                        "guest-file-open",
                        "guest-file-write",
                        "guest-file-close",
                        "guest-exec");
        assertThat(asked.get(1).path("arguments").path("keys").get(0).asText()).isEqualTo(KEYS.authorized());
        byte[] written = Base64.getDecoder()
                .decode(asked.get(3).path("arguments").path("buf-b64").asText());
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(KEYS.hostPrivate());
        assertThat(asked.get(3).path("arguments").path("handle").asInt()).isEqualTo(7);
    }

    @Test
    void whatTheAgentRefusesIsSaidInItsWords() throws IOException {
        // Given
        Path socket =
                agent(command -> "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"has been disabled\"}}");
        // When, then
        try (GuestAgent agent = GuestAgent.connect(socket, PATIENCE)) {
            assertThatThrownBy(() -> agent.introduce(KEYS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("guest-ssh-add-authorized-keys: has been disabled");
        }
    }

    @Test
    void aGuestWithoutAnAgentIsNotWaitedForLongerThanThePatience() throws IOException {
        // Given
        Path socket = directory.resolve("silent.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            // When, then
            assertThatThrownBy(() -> GuestAgent.connect(socket, Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class);
        }
    }

    private Path agent(Function<String, String> answers) throws IOException {
        Path socket = directory.resolve("agent.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(server, answers));
        return socket;
    }

    private void serve(ServerSocketChannel server, Function<String, String> answers) {
        try (server;
                SocketChannel line = server.accept();
                BufferedReader in = new BufferedReader(Channels.newReader(line, StandardCharsets.ISO_8859_1))) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                if (!text.isBlank()) {
                    answer(line, EventJson.mapper().readTree(text.replace("\u00ff", "")), answers);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an earlier talk left in the line comes before the answer to the first question. */
    private void answer(SocketChannel line, JsonNode message, Function<String, String> answers) throws IOException {
        asked.add(message);
        String command = message.path("execute").asText();
        String id = message.path("arguments").path("id").asText();
        String text = command.equals("guest-sync-delimited")
                ? "{\"return\": 1}\n\u00ff{\"return\": " + id + "}\n"
                : answers.apply(command) + "\n";
        line.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
