package dev.bootproof.chaos.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy before a real registry. */
class RegistryProxyTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] blob = new byte[100_000];
    private RegistryProcess registry;
    private RegistryProxy proxy;

    @BeforeEach
    void start() throws IOException {
        Arrays.fill(blob, (byte) 7);
        registry = RegistryProcess.start(directory);
        proxy = RegistryProxy.open(registry::address, directory);
    }

    @AfterEach
    void end() {
        proxy.close();
        registry.close();
        client.close();
    }

    private HttpRequest.Builder ask(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + proxy.address() + path))
                .timeout(LONG);
    }

    private String digest() throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
    }

    /** As clients do: a session is opened, the registry says where, and the blob is put there. */
    private String pushed() throws Exception {
        HttpResponse<Void> session = client.send(
                ask("/v2/a/b/blobs/uploads/").POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        String where = session.headers().firstValue("Location").orElseThrow();
        assertThat(where).as("links lead through the proxy").startsWith("http://" + proxy.address());
        HttpRequest put = HttpRequest.newBuilder(URI.create(where + "&digest=" + digest()))
                .timeout(LONG)
                .PUT(BodyPublishers.ofByteArray(blob))
                .build();
        assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
        return "/v2/a/b/blobs/" + digest();
    }

    private int status(String path) throws Exception {
        return client.send(ask(path).build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void aCalmProxyPassesEverythingOn() throws Exception {
        // Given
        String path = pushed();
        // When
        HttpResponse<byte[]> answer = client.send(ask(path).build(), BodyHandlers.ofByteArray());
        HttpResponse<Void> head = client.send(ask(path).HEAD().build(), BodyHandlers.discarding());
        // Then
        assertThat(answer.body()).isEqualTo(blob);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(blob.length);
        assertThat(status("/v2/a/b/manifests/none")).isEqualTo(404);
    }

    @Test
    void refusalsAreThoseOfTheMood() throws Exception {
        // Given
        String path = pushed();
        // When
        Mood.THROTTLED.rule(directory);
        HttpResponse<Void> throttled = client.send(ask(path).build(), BodyHandlers.discarding());
        Mood.UNAUTHORIZED.rule(directory);
        int unauthorized = status(path);
        Mood.BROKEN.rule(directory);
        int broken = status(path);
        int greeting = status("/v2/");
        Mood.CALM.rule(directory);
        // Then
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(unauthorized).isEqualTo(401);
        assertThat(broken).isEqualTo(500);
        assertThat(greeting).as("whoever starts it sees it").isEqualTo(200);
        assertThat(status(path)).isEqualTo(200);
    }

    @Test
    void aTruncatedBlobIsNotWhole() throws Exception {
        // Given
        String path = pushed();
        Mood.TRUNCATING.rule(directory);
        // When
        assertThatThrownBy(() -> client.send(ask(path).build(), BodyHandlers.ofByteArray()))
                // Then
                .isInstanceOf(IOException.class);
    }

    @Test
    void aHangingRegistryAnswersNothingAndIsCalmAgain() throws Exception {
        // Given
        String path = pushed();
        Mood.HANGING.rule(directory);
        // When
        assertThatThrownBy(() ->
                        client.send(ask(path).timeout(Duration.ofSeconds(1)).build(), BodyHandlers.discarding()))
                // Then
                .isInstanceOf(HttpTimeoutException.class);
        Mood.CALM.rule(directory);
        assertThat(status(path)).isEqualTo(200);
    }

    @Test
    void aBlobThatDripsArrivesWholeOnceTheRegistryIsCalm() throws Exception {
        // Given
        String path = pushed();
        Mood.DRIPPING.rule(directory);
        var answer = client.sendAsync(ask(path).build(), BodyHandlers.ofByteArray());
        assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        // When
        Mood.CALM.rule(directory);
        // Then
        assertThat(answer.get().body()).isEqualTo(blob);
    }

    @Test
    void aRegistryThatIsAwayIsABadGateway() throws Exception {
        // Given
        registry.close();
        // When
        int status = status("/v2/");
        // Then
        assertThat(status).isEqualTo(502);
    }
}
