package dev.bootproof.poller.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server wants to be left alone: {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3). */
final class RetryAfter {
    /** What to wait where the server did not say. */
    static final Duration UNSAID = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofHours(6);

    private final Clock clock;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** What these headers say; at most six hours, because a wrong clock must not stop a stream for good. */
    Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(this::parse).map(RetryAfter::bounded);
    }

    private Optional<Duration> parse(String text) {
        try {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wished) {
        if (wished.isNegative()) {
            return Duration.ZERO;
        }
        return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    }
}
