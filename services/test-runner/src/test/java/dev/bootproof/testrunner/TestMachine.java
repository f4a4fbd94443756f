package dev.bootproof.testrunner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A machine's owner that answers over HTTP. */
final class TestMachine implements AutoCloseable {
    private static final byte[] SCREEN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    private final HttpServer server;
    private final RunId run;
    private volatile Power power = Power.RUNNING;

    TestMachine(RunId run) {
        this.run = run;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/m", exchange -> answer(exchange, EventJson.write(state())));
        server.createContext("/m/console", exchange -> answer(exchange, "login:".getBytes(StandardCharsets.UTF_8)));
        server.createContext("/m/screenshot", exchange -> answer(exchange, SCREEN));
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/m");
    }

    void becomes(Power now) {
        power = now;
    }

    private MachineState state() {
        return new MachineState(run, 0, power, "as the test says", List.of());
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
