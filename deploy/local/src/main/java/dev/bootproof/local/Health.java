package dev.bootproof.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Asks a part whether it can do its work. */
final class Health {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int OK = 200;

    private Health() {}

    static boolean ready(Part part, LabState state) {
        int port = state.port(part);
        return switch (part) {
            case BROKER -> accepts(port);
            case REGISTRY -> ok(port, "/v2/");
            case POLLER, DISK_BUILDER, VM_PROVISIONER, TEST_RUNNER, PUBLISHER, JANITOR -> ok(port, "/q/health/ready");
        };
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ok(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
