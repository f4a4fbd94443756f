package dev.bootproof.poller.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be told who we are ({@code WWW-Authenticate}, RFC 9110, 11.6.1).
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication</a>
 */
sealed interface Challenge {
    /** By user and password. */
    record Basic() implements Challenge {}

    /**
     * By a token.
     *
     * @param realm who gives it
     * @param service for which service it is asked
     */
    record Bearer(URI realm, String service) implements Challenge {}

    /** What the registry asks for; empty where it is nothing that we can do. */
    static Optional<Challenge> of(HttpHeaders headers) {
        for (String asked : headers.allValues("WWW-Authenticate")) {
            if (asked.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return bearer(asked);
            }
            if (asked.regionMatches(true, 0, "Basic", 0, 5)) {
                return Optional.of(new Basic());
            }
        }
        return Optional.empty();
    }

    private static Optional<Challenge> bearer(String asked) {
        Matcher parameter = Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(asked);
        String realm = "";
        String service = "";
        while (parameter.find()) {
            realm = parameter.group(1).equalsIgnoreCase("realm") ? parameter.group(2) : realm;
            service = parameter.group(1).equalsIgnoreCase("service") ? parameter.group(2) : service;
        }
        try {
            return Optional.of(new Bearer(URI.create(realm), service));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
