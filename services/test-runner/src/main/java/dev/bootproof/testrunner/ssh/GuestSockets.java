package dev.bootproof.testrunner.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/** Sockets to guests, where anything may listen and say anything for ever before it says that it speaks SSH. */
final class GuestSockets extends SocketFactory {
    private final Duration patience;

    /**
     * @param patience how long a guest may take to say that it speaks SSH
     */
    GuestSockets(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Greeting(super.getInputStream(), patience);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connected();
    }

    private static UnsupportedOperationException connected() {
        return new UnsupportedOperationException("sockets to guests are connected by their client");
    }
}
