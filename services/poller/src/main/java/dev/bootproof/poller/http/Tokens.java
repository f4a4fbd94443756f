package dev.bootproof.poller.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.poller.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What to say to a registry that asks who we are: a token that is fetched where its challenge says, with the login that
 * is kept for this registry, or that login itself. Kept until it expires. A login is sent to its registry and to the
 * realm which that registry names, and to nobody else; the scope is always to pull this one repository.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth2 token authentication</a>
 */
final class Tokens {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Exchange exchange;
    private final Answers answers;
    private final LoginFiles logins;
    private final Clock clock;

    Tokens(Exchange exchange, LoginFiles logins, Clock clock) {
        this.exchange = exchange;
        this.answers = new Answers(clock);
        this.logins = logins;
        this.clock = clock;
    }

    /** What to say about this repository as long as it is good; empty where we know nothing. */
    String known(Endpoint endpoint) {
        Token token = tokens.get(key(endpoint));
        return token == null || clock.instant().isAfter(token.expires()) ? "" : token.authorization();
    }

    /** What a registry is told, or why it cannot be told anything. */
    sealed interface Login {
        /** Say this. */
        record Granted(String authorization) implements Login {
            @Override
            public String toString() {
                return "an authorization";
            }
        }

        /** There is nothing to say. */
        record Denied(Outcome outcome) implements Login {}
    }

    /** Answers the challenge; what we said before was not good. */
    Login answer(Endpoint endpoint, HttpHeaders challenged) throws IOException, InterruptedException {
        tokens.remove(key(endpoint));
        Optional<Credentials> login = logins.find(endpoint.registry(), endpoint.repository());
        Optional<Challenge> challenge = Challenge.of(challenged);
        if (challenge.isEmpty()) {
            return denied(endpoint.registry() + " answered 401 and does not say how to log in");
        }
        return switch (challenge.get()) {
            case Challenge.Basic() ->
                login.isPresent() && login.get() instanceof Credentials.Password password
                        ? keep(endpoint, password.basic(), LONGEST)
                        : denied(endpoint.registry() + " asks for a user and a password, and there is no login for it");
            case Challenge.Bearer bearer -> fetch(endpoint, bearer, login);
        };
    }

    private Login fetch(Endpoint endpoint, Challenge.Bearer bearer, Optional<Credentials> login)
            throws IOException, InterruptedException {
        URI realm = bearer.realm();
        if (!endpoint.trusts(realm)) {
            return new Login.Denied(new Outcome.BadAnswer(endpoint.registry() + " sends us to " + realm.getScheme()
                    + "://" + realm.getHost() + " for a token, where nothing is told who we are"));
        }
        HttpResponse<byte[]> answer = exchange.send(request(endpoint, bearer, login));
        String server = "the token service " + realm.getAuthority();
        if (answer.statusCode() == 401 || answer.statusCode() == 400) {
            return denied(server
                    + (login.isPresent() ? " refuses our login for " : " wants a login for ")
                    + endpoint.registry());
        }
        if (answer.statusCode() != 200) {
            return new Login.Denied(answers.trouble(server, answer.statusCode(), answer.headers()));
        }
        return read(endpoint, server, answer.body());
    }

    private static HttpRequest.Builder request(
            Endpoint endpoint, Challenge.Bearer bearer, Optional<Credentials> login) {
        String query = "scope=" + encode("repository:" + endpoint.repository() + ":pull");
        String asked = bearer.service().isEmpty() ? query : query + "&service=" + encode(bearer.service());
        if (login.isPresent() && login.get() instanceof Credentials.RefreshToken(String token)) {
            String form = "grant_type=refresh_token&client_id=bootproof&" + asked + "&refresh_token=" + encode(token);
            return HttpRequest.newBuilder(bearer.realm())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
        }
        String separator = bearer.realm().getRawQuery() == null ? "?" : "&";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bearer.realm() + separator + asked));
        if (login.isPresent() && login.get() instanceof Credentials.Password password) {
            request.header("Authorization", password.basic());
        }
        return request;
    }

    private Login read(Endpoint endpoint, String server, byte[] body) {
        try {
            JsonNode answer = EventJson.mapper().readTree(body);
            String token =
                    answer.path("token").asText(answer.path("access_token").asText(""));
            if (token.isEmpty() || !token.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
                return new Login.Denied(new Outcome.BadAnswer(server + " gave no token"));
            }
            long seconds = answer.path("expires_in").asLong(LIFETIME.toSeconds());
            return keep(
                    endpoint,
                    "Bearer " + token,
                    Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST.toSeconds()))));
        } catch (IOException e) {
            return new Login.Denied(new Outcome.BadAnswer(server + " answered what is no JSON"));
        }
    }

    private Login keep(Endpoint endpoint, String authorization, Duration lifetime) {
        Instant expires = clock.instant().plus(lifetime).minus(MARGIN);
        tokens.put(key(endpoint), new Token(authorization, expires));
        return new Login.Granted(authorization);
    }

    /** What was granted is not good after all. */
    void forget(Endpoint endpoint) {
        tokens.remove(key(endpoint));
    }

    private static Login denied(String sentence) {
        return new Login.Denied(new Outcome.Unauthorized(sentence));
    }

    private static String key(Endpoint endpoint) {
        return endpoint.base() + "/" + endpoint.repository();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Token(String authorization, Instant expires) {
        @Override
        public String toString() {
            return "a token";
        }
    }
}
