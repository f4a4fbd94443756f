package dev.bootproof.vmprovisioner.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control line of a real QEMU that has no machine in it. */
class QmpClientTest implements QmpClient.Listener {
    private static final String NAME = "bootproof-test-without-a-machine";

    @TempDir
    Path directory = Path.of("/");

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void endQemu() {
        Processes.kill(NAME, directory);
    }

    @Test
    void commandsAreAnsweredAndRefusalsAreInQemusWords() throws IOException {
        // Given
        try (QmpClient client = QmpClient.connect(qemu(directory), this)) {
            // When
            JsonNode status = client.execute("query-status", Map.of());
            // Then
            assertThat(status.path("status").asText()).isEqualTo("prelaunch");
            assertThatThrownBy(() -> client.execute("fly", Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The command fly has not been found");
        }
    }

    @Test
    void eventsAreHeardAndSoIsTheEnd() throws Exception {
        // Given
        QmpClient client = QmpClient.connect(qemu(directory), this);
        // When
        client.execute("cont", Map.of());
        client.execute("stop", Map.of());
        client.execute("quit", Map.of());
        // Then
        assertThat(heardUntilClosed()).containsSubsequence("RESUME", "STOP", "SHUTDOWN", "closed");
    }

    @Test
    void aSocketWithALongPathIsReached() throws IOException {
        // Given
        Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
        // When
        try (QmpClient client = QmpClient.connect(qemu(deep), this)) {
            // Then
            assertThat(client.execute("query-status", Map.of()).path("running").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void aQemuThatDoesNotTakeTheCallIsNotTakenForGone() throws Exception {
        // Given
        Path socket = directory.resolve("refusing.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> refuse(server));
            // When
            assertThatThrownBy(() -> QmpClient.connect(socket, this)).hasMessageContaining("not now");
            // Then
            refused.get(5, TimeUnit.SECONDS);
            assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    /** Answers the greeting with a refusal and returns when the other side has hung up. */
    private static void refuse(ServerSocketChannel server) {
        try (SocketChannel caller = server.accept()) {
            ByteBuffer said = ByteBuffer.allocate(1024);
            caller.read(said);
            caller.write(StandardCharsets.UTF_8.encode("{\"id\": 1, \"error\": {\"desc\": \"not now\"}}\n"));
            while (caller.read(said.clear()) >= 0) {
                assertThat(said.position()).isPositive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> heardUntilClosed() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (String next = next(); !next.equals("closed"); next = next()) {
            all.add(next);
        }
        all.add("closed");
        return all;
    }

    private String next() throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return String.valueOf(next);
    }

    private static Path qemu(Path directory) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-name", NAME, "-S", "-daemonize"));
        command.addAll(List.of("-machine", "none", "-nodefaults", "-display", "none", "-accel", "tcg"));
        command.addAll(List.of("-qmp", "unix:qmp.sock,server=on,wait=off", "-pidfile", directory + "/qemu.pid"));
        Tool started = Tool.run(directory, Duration.ofSeconds(20), command);
        assertThat(started).isEqualTo(new Tool(0, ""));
        return directory.resolve("qmp.sock");
    }

    @Override
    public void event(String name, JsonNode data) {
        heard.add(name);
    }

    @Override
    public void closed() {
        heard.add("closed");
    }
}
