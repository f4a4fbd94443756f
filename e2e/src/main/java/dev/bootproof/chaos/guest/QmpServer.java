package dev.bootproof.chaos.guest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers for the machine as QEMU does.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qmp-spec.html">QEMU Machine Protocol</a>
 */
final class QmpServer {
    private static final String GREETING =
            "{\"QMP\":{\"version\":{\"qemu\":{\"major\":0,\"minor\":0,\"micro\":0},\"package\":\"stand-in\"},"
                    + "\"capabilities\":[]}}";

    private final Path socket;
    private final Commands commands;
    private final List<SocketChannel> listeners = new CopyOnWriteArrayList<>();

    /** What the machine does when it is asked to. */
    interface Commands {
        /** What it is doing, in QEMU's word. */
        String status();

        /** Stands still. */
        void stop();

        /** Goes on. */
        void cont();

        /** Ends; called when the answer is on its way. */
        void quit();

        /** Writes a picture of the screen to this file. */
        void screendump(Path file) throws IOException;
    }

    QmpServer(Path socket, Commands commands) {
        this.socket = socket;
        this.commands = commands;
    }

    /** Begins to listen. */
    void start() throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("qmp").start(() -> {
            try {
                while (true) {
                    SocketChannel caller = server.accept();
                    Thread.ofVirtual().start(() -> serve(caller));
                }
            } catch (IOException e) {
                System.err.println("nobody is served any more: " + e);
            }
        });
    }

    /** Tells everybody who listens. */
    void event(String name, Map<String, ?> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.put("data", data);
        listeners.forEach(listener -> send(listener, EventJson.write(event)));
    }

    private void serve(SocketChannel caller) {
        send(caller, GREETING.getBytes(StandardCharsets.UTF_8));
        try (caller;
                BufferedReader lines =
                        new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8.newDecoder(), -1))) {
            JsonStream asked = new JsonStream(lines);
            for (JsonNode next = asked.next(); next != null; next = asked.next()) {
                answer(caller, next);
            }
        } catch (IOException e) {
            System.err.println("a caller went: " + e);
        } finally {
            listeners.remove(caller);
        }
    }

    private void answer(SocketChannel caller, JsonNode asked) {
        Map<String, Object> answer = new LinkedHashMap<>();
        String command = asked.path("execute").asText();
        try {
            answer.put("return", execute(command, asked.path("arguments")));
        } catch (IOException e) {
            answer.put("error", Map.of("class", "GenericError", "desc", String.valueOf(e.getMessage())));
        }
        answer.put("id", asked.path("id").asLong());
        send(caller, EventJson.write(answer));
        if (command.equals("qmp_capabilities")) {
            listeners.add(caller);
        }
        if (command.equals("quit")) {
            commands.quit();
        }
    }

    private Object execute(String command, JsonNode arguments) throws IOException {
        switch (command) {
            case "qmp_capabilities", "quit" -> {}
            case "query-status" -> {
                String status = commands.status();
                return Map.of("status", status, "running", status.equals("running"));
            }
            case "query-block" -> {
                return List.of();
            }
            case "stop" -> commands.stop();
            case "cont" -> commands.cont();
            case "screendump" ->
                commands.screendump(Path.of(arguments.path("filename").asText()));
            default -> throw new IOException("a stand-in does not know the command " + command);
        }
        return Map.of();
    }

    private static void send(SocketChannel caller, byte[] message) {
        synchronized (caller) {
            try {
                ByteBuffer line = ByteBuffer.allocate(message.length + 2)
                        .put(message)
                        .put((byte) '\r')
                        .put((byte) '\n')
                        .flip();
                while (line.hasRemaining()) {
                    caller.write(line);
                }
            } catch (IOException e) {
                System.err.println("a caller does not listen any more: " + e);
            }
        }
    }
}
