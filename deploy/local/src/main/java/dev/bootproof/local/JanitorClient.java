package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Tells the janitor what a person wants done with a run.
 *
 * @param base its address
 */
record JanitorClient(URI base) {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    static JanitorClient of(LabState state) {
        return new JanitorClient(URI.create("http://" + state.address(Part.JANITOR)));
    }

    /** Has what is left of the run removed now. */
    JsonNode release(RunId run) {
        return post("/runs/" + run + "/release", Map.of());
    }

    /** Has the run ended now, in the name of this person. */
    JsonNode cancel(RunId run, String by) {
        return post("/runs/" + run + "/cancel", Map.of("by", by));
    }

    private JsonNode post(String path, Map<String, String> body) {
        try {
            var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) LIMIT.toMillis());
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (var out = connection.getOutputStream()) {
                out.write(EventJson.write(body));
            }
            return answer(connection);
        } catch (IOException e) {
            throw Trouble.lab("the janitor does not answer: " + e.getMessage(), "./bootproof status says more");
        }
    }

    private static JsonNode answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status == OK) {
            return EventJson.mapper().readTree(connection.getInputStream());
        }
        String sentence = sentence(connection.getErrorStream(), status);
        throw status >= UNAVAILABLE
                ? Trouble.lab(sentence, "the janitor tries again by itself")
                : Trouble.usage(sentence, "./bootproof runs says how all are");
    }

    private static String sentence(InputStream error, int status) throws IOException {
        String none = "the janitor answered " + status;
        return error == null
                ? none
                : EventJson.mapper().readTree(error).path("error").asText(none);
    }
}
