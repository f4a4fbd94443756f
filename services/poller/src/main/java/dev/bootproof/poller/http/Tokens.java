package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens for pulling, fetched where a registry's challenge says and kept until they expire.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication</a>
 */
final class Tokens {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final int LIFETIME_SECONDS = 60;
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    Tokens(HttpClient client, Duration timeout, Clock clock) {
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** The token that we have for this repository, if it is still good. */
    Optional<String> known(Endpoint endpoint) {
        return Optional.ofNullable(tokens.get(key(endpoint)))
                .filter(token -> clock.instant().isBefore(token.expires()))
                .map(Token::value);
    }

    /**
     * Fetches a token as the challenge says; none where it does not ask for one or nobody gives us one.
     *
     * @throws IOException when the token service does not answer
     */
    Optional<String> fetch(Endpoint endpoint, HttpHeaders challenged) throws IOException, InterruptedException {
        Optional<URI> service = challenged.allValues("WWW-Authenticate").stream()
                .filter(challenge -> challenge.regionMatches(true, 0, "Bearer ", 0, 7))
                .findFirst()
                .flatMap(challenge -> service(challenge, endpoint));
        if (service.isEmpty()) {
            return Optional.empty();
        }
        HttpRequest request =
                HttpRequest.newBuilder(service.get()).timeout(timeout).build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        return keep(endpoint, EventJson.mapper().readTree(answer.body()));
    }

    /** A token is only ever fetched over HTTPS, or from this machine. */
    private static Optional<URI> service(String challenge, Endpoint endpoint) {
        Matcher matcher = PARAMETER.matcher(challenge);
        String realm = "";
        String query = "scope=" + encode("repository:" + endpoint.repository() + ":pull");
        while (matcher.find()) {
            realm = matcher.group(1).equals("realm") ? matcher.group(2) : realm;
            query = matcher.group(1).equals("service") ? query + "&service=" + encode(matcher.group(2)) : query;
        }
        try {
            URI address = URI.create(realm + (realm.contains("?") ? "&" : "?") + query);
            boolean safe = "https".equals(address.getScheme()) || onThisMachine(address);
            return safe ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean onThisMachine(URI address) {
        return "http".equals(address.getScheme()) && Endpoint.loopback(String.valueOf(address.getAuthority()));
    }

    private Optional<String> keep(Endpoint endpoint, JsonNode answer) {
        String value = answer.path("token").asText(answer.path("access_token").asText(""));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Duration lifetime = Duration.ofSeconds(answer.path("expires_in").asInt(LIFETIME_SECONDS));
        tokens.put(
                key(endpoint), new Token(value, clock.instant().plus(lifetime).minus(MARGIN)));
        return Optional.of(value);
    }

    private static String key(Endpoint endpoint) {
        return endpoint.base() + "/" + endpoint.repository();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A token.
     *
     * @param value what to send
     * @param expires until when
     */
    private record Token(String value, Instant expires) {}
}
