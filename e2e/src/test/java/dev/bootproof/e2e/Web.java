package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A web server of the lab.
 *
 * @param address scheme, host and port
 */
record Web(String address) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    HttpResponse<byte[]> get(String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(address + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String text(String path) {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json(String path) {
        try {
            return EventJson.mapper().readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
