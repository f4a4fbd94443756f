package dev.bootproof.chaos.hazard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How requests and answers are passed on: as they are, but for what belongs to one connection only. */
final class Passing {
    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "transfer-encoding",
            "upgrade",
            "date");
    private static final int NO_BODY = -1;
    private static final long UNKNOWN_LENGTH = 0L;

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private Passing() {}

    /** To be called before the JDK's client is used: lets it say by whose name the registry was asked. */
    static void prepare() {}

    /** The request as it goes to the registry, which is told by whose name it was asked, for the links it answers. */
    static HttpRequest request(HttpExchange exchange, String registry) {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + registry + asked.getRawPath() + query))
                .method(exchange.getRequestMethod(), body(exchange));
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (!OF_A_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        return named(request, exchange.getRequestHeaders().getFirst("Host")).build();
    }

    /** Where the JDK's client was begun to be used before this class, it keeps the name of the host to itself. */
    private static HttpRequest.Builder named(HttpRequest.Builder request, String host) {
        request.header("X-Forwarded-Host", host);
        try {
            return request.header("Host", host);
        } catch (IllegalArgumentException e) {
            return request;
        }
    }

    private static BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        if (!chunked && (length == null || length.equals("0"))) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
    }

    /** The registry's answer as it goes to whoever asked. */
    static void answer(HttpExchange exchange, HttpResponse<InputStream> answer, MoodyBody body) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        Optional<String> length = answer.headers().firstValue("Content-Length");
        if (exchange.getRequestMethod().equals("HEAD")) {
            length.ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
            exchange.sendResponseHeaders(answer.statusCode(), NO_BODY);
            return;
        }
        long bytes = length.map(Long::parseLong).orElse(UNKNOWN_LENGTH);
        exchange.sendResponseHeaders(answer.statusCode(), length.isPresent() && bytes == 0 ? NO_BODY : bytes);
        body.transferTo(exchange.getResponseBody(), bytes);
    }
}
