package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the publisher about runs.
 *
 * @param base its address
 */
record PublisherClient(URI base) {
    private static final int CONNECT_MILLIS = 2000;
    private static final int OK = 200;
    private static final int MALFORMED = 400;
    private static final int NOT_FOUND = 404;

    static PublisherClient of(LabState state) {
        return new PublisherClient(URI.create("http://" + state.address(Part.PUBLISHER)));
    }

    /**
     * What it answers on this path.
     *
     * @throws Trouble where it does not answer, or knows nothing of it
     */
    JsonNode get(String path) {
        try {
            HttpURLConnection connection = open(path, Duration.ofSeconds(20));
            int status = connection.getResponseCode();
            if (status == NOT_FOUND || status == MALFORMED) {
                throw Trouble.usage(
                        "the lab knows nothing of " + path.substring(path.lastIndexOf('/') + 1),
                        "./bootproof runs lists what it knows");
            }
            if (status != OK) {
                throw Trouble.lab("the publisher answered " + status + " to " + path, "its log says why");
            }
            return EventJson.mapper().readTree(connection.getInputStream());
        } catch (IOException e) {
            throw Trouble.lab("the publisher does not answer: " + e.getMessage(), "./bootproof status says more");
        }
    }

    /** A file of the evidence as text; empty where there is none. */
    Optional<String> text(String path) {
        try {
            HttpURLConnection connection = open(path, Duration.ofSeconds(20));
            return connection.getResponseCode() == OK
                    ? Optional.of(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            throw Trouble.lab("the publisher does not answer: " + e.getMessage(), "./bootproof status says more");
        }
    }

    /**
     * Hands over every version of a run's story until the publisher has no more to tell.
     *
     * @param query what to follow, as in {@code run=...} or {@code digest=...}
     * @return whether it knew of anything
     */
    boolean follow(String query, Consumer<Story> listener) throws IOException {
        HttpURLConnection connection = open("/api/follow?" + query, Duration.ofSeconds(60));
        if (connection.getResponseCode() != OK) {
            return false;
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    listener.accept(EventJson.mapper().readValue(line, Story.class));
                }
            }
        }
        return true;
    }

    /** How the boot of a machine went, as its owner says; empty where it does not. */
    Optional<Ending.Phase> milestones(URI machine) {
        try {
            HttpURLConnection connection = (HttpURLConnection) machine.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(CONNECT_MILLIS);
            return Optional.of(EventJson.mapper().readValue(connection.getInputStream(), Ending.Phase.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpURLConnection open(String path, Duration silence) throws IOException {
        var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) silence.toMillis());
        return connection;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
