package dev.bootproof.vmprovisioner.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Connections to sockets of this host, wherever they lie. */
final class UnixSocket {
    private static final int LONGEST_PATH = 107;

    private UnixSocket() {}

    /** Connects; a socket whose path is too long for the kernel is reached through a link that is gone again at once. */
    static SocketChannel connect(Path socket) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
            return channel(socket);
        }
        Path directory = Files.createTempDirectory("bootproof");
        Path link = directory.resolve("p");
        try {
            Files.createSymbolicLink(link, socket.getParent());
            return channel(link.resolve(socket.getFileName()));
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(directory);
        }
    }

    private static SocketChannel channel(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
