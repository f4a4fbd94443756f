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
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine's owner that answers over HTTP. */
final class TestMachine implements AutoCloseable {
    private static final byte[] SCREEN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    private final HttpServer server;
    private final RunId run;
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private volatile Runnable restored = () -> {};
    private volatile String refusal = "";
    private volatile Power power = Power.RUNNING;
    private volatile String detail = "as the test says";

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
        for (String order : List.of("save", "restore", "fresh")) {
            server.createContext("/m/" + order, exchange -> obey(exchange, order));
        }
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/m");
    }

    /** What it was told to do. */
    List<String> orders() {
        return List.copyOf(orders);
    }

    /** What happens when it is put back or booted anew. */
    void onReturn(Runnable happens) {
        restored = happens;
    }

    /** Refuses every order with this body. */
    void refuses(String body) {
        refusal = body;
    }

    /** Says this of itself while it runs. */
    void says(String now) {
        detail = now;
    }

    void becomes(Power now) {
        power = now;
    }

    private MachineState state() {
        return new MachineState(run, 0, power, detail, List.of());
    }

    private void obey(HttpExchange exchange, String order) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, new byte[0]);
            return;
        }
        orders.add(order);
        if (!refusal.isEmpty()) {
            answer(exchange, 409, refusal.getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (!order.equals("save")) {
            restored.run();
        }
        answer(exchange, 200, EventJson.write(state()));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        answer(exchange, 200, body);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
