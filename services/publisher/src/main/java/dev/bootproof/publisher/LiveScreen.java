package dev.bootproof.publisher;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What is on a machine's screen at this moment, as its owner shows it; nothing where the owner does not answer. */
@ApplicationScoped
class LiveScreen {
    private static final int LARGEST = 8 << 20;

    private final HttpClient http;
    private final Duration patience;

    LiveScreen(PublisherConfig config) {
        this.patience = config.patience();
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    Optional<byte[]> picture(URI machine) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(machine + "/screenshot"))
                    .timeout(patience)
                    .build();
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                boolean picture = response.statusCode() == 200
                        && response.headers()
                                .firstValue("Content-Type")
                                .filter("image/png"::equals)
                                .isPresent();
                return picture ? Optional.of(body.readNBytes(LARGEST)) : Optional.empty();
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
