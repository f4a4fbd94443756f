package dev.bootproof.publisher;

import dev.bootproof.publisher.Peers.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer over HTTP means for somebody who wants to be understood once. */
final class Judgement {
    /** Too early, too many, and no time to read it: another attempt may go well. */
    private static final Set<Integer> LATER = Set.of(408, 421, 425, 429);

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int LINE = 300;

    private Judgement() {}

    static Outcome of(Answer answer, Instant now) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Told("HTTP " + status);
        }
        String why = "HTTP " + status + said(answer.body());
        if (status >= 500 || LATER.contains(status) || limited(answer)) {
            return new Outcome.Later(why, after(answer, now));
        }
        return new Outcome.Never(why + advice(status));
    }

    /** GitHub says 403 when one asks too often, with the hour when one may again. */
    private static boolean limited(Answer answer) {
        boolean exhausted = answer.headers()
                .firstValue("x-ratelimit-remaining")
                .filter("0"::equals)
                .isPresent();
        return answer.status() == 403
                && (exhausted || answer.headers().firstValue("retry-after").isPresent());
    }

    private static @Nullable Duration after(Answer answer, Instant now) {
        Optional<Duration> asked = answer.headers()
                .firstValue("retry-after")
                .flatMap(value -> pause(value, now))
                .or(() -> answer.headers()
                        .firstValue("x-ratelimit-reset")
                        .filter(value -> value.matches("\\d{1,12}"))
                        .map(value -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(value)))));
        return asked.filter(Duration::isPositive)
                .map(pause -> pause.compareTo(LONGEST) > 0 ? LONGEST : pause)
                .orElse(null);
    }

    /** Seconds or a date (RFC 9110, section 10.2.3). */
    private static Optional<Duration> pause(String value, Instant now) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant when = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, when));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String advice(int status) {
        if (status >= 300 && status < 400) {
            return "; redirects are not followed: write its new address into the catalog";
        }
        return switch (status) {
            case 401 -> "; the token or key is not taken: replace the secret";
            case 403 -> "; the token may not do this: give it the right to";
            case 404, 410 -> "; there is nobody at this address, or the token may not see it";
            default -> "";
        };
    }

    private static String said(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(LINE, line.length()));
    }
}
