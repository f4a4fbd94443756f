package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Publishes tiny images, as a person with a push command would. */
final class Pushes {
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "{}";

    private final HttpClient client = HttpClient.newHttpClient();

    /** Pushes an image that is told from others by its content, and returns its digest. */
    Digest push(ImageRef image, String content) throws IOException, InterruptedException {
        return push(image, Map.of("content", content));
    }

    /** Pushes an image with these annotations, and returns its digest. */
    Digest push(ImageRef image, Map<String, String> annotations) throws IOException, InterruptedException {
        String base = "http://" + image.registry() + "/v2/" + image.repository();
        URI upload = send(HttpRequest.newBuilder(URI.create(base + "/blobs/uploads/"))
                        .POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow();
        Digest config = Digest.of(CONFIG);
        URI blob = URI.create(upload + "&digest=" + config);
        send(HttpRequest.newBuilder(blob).PUT(BodyPublishers.ofString(CONFIG)));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2},
                 "layers":[],"annotations":%s}""".formatted(TYPE, config, new String(EventJson.write(annotations), StandardCharsets.UTF_8));
        URI tag = URI.create(base + "/manifests/" + image.reference());
        send(HttpRequest.newBuilder(tag).header("Content-Type", TYPE).PUT(BodyPublishers.ofString(manifest)));
        return Digest.of(manifest);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError("the registry answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }
}
