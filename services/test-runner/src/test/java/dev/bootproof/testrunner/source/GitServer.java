package dev.bootproof.testrunner.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A repository served by git's smart protocol over HTTP, at {@code /os}; {@code /secret} wants a login. */
final class GitServer implements AutoCloseable {
    private final HttpServer server;
    private final Repository repository;

    GitServer(Repository repository) throws IOException {
        this.repository = repository;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/os/info/refs", this::advertise);
        server.createContext("/os/git-upload-pack", this::upload);
        server.createContext("/secret", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=git");
            answer(exchange, 401, new byte[0]);
        });
        server.createContext("/broken", exchange -> answer(exchange, 503, new byte[0]));
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void advertise(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketLineOut lines = new PacketLineOut(out);
        lines.writeString("# service=git-upload-pack\n");
        lines.end();
        pack(exchange).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
        answer(exchange, 200, out.toByteArray());
    }

    private void upload(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream body = new ByteArrayInputStream(exchange.getRequestBody().readAllBytes());
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        pack(exchange).upload(packed ? new GZIPInputStream(body) : body, out, null);
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        answer(exchange, 200, out.toByteArray());
    }

    private UploadPack pack(HttpExchange exchange) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":")));
        }
        return pack;
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
