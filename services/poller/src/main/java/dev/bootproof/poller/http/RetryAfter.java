package dev.bootproof.poller.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a server wants to be left alone: {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3); else when
 * its rate limit begins anew, as the headers of Docker Hub, GitHub and the IETF's draft say it, in seconds or as the
 * second of the epoch.
 */
final class RetryAfter {
    /** What to wait where the server did not say. */
    static final Duration UNSAID = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final long OLDEST_EPOCH = 1_000_000_000;

    private final Clock clock;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** What is asked for, by a server that is in trouble. */
    Optional<Duration> asked(HttpHeaders headers) {
        return first(headers, Stream.of("Retry-After"));
    }

    /** What these headers say; at most six hours, because a wrong clock must not stop a stream for good. */
    Optional<Duration> of(HttpHeaders headers) {
        return first(headers, Stream.of("Retry-After", "X-Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"));
    }

    private Optional<Duration> first(HttpHeaders headers, Stream<String> names) {
        return names.flatMap(name -> headers.firstValue(name).stream())
                .flatMap(text -> parse(text.strip()).stream())
                .findFirst()
                .map(RetryAfter::bounded);
    }

    private Optional<Duration> parse(String text) {
        try {
            if (text.matches("[0-9]{1,10}")) {
                long number = Long.parseLong(text);
                return Optional.of(
                        number < OLDEST_EPOCH ? Duration.ofSeconds(number) : until(Instant.ofEpochSecond(number)));
            }
            return Optional.of(until(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Duration until(Instant then) {
        return Duration.between(clock.instant(), then);
    }

    private static Duration bounded(Duration wished) {
        if (wished.isNegative()) {
            return Duration.ZERO;
        }
        return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    }
}
