package dev.bootproof.diskbuilder.download;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What an answer that brings no file means. */
final class Answers {
    private Answers() {}

    /**
     * Always throws.
     *
     * @throws Interrupted when it is worth another attempt
     * @throws StageFault when it is not
     */
    static void judge(Address address, HttpResponse<?> answer, Clock clock) throws Interrupted {
        int status = answer.statusCode();
        String seen = address + ": HTTP " + status;
        if (status == 404 || status == 410) {
            throw new StageFault(Fault.IMAGE_NOT_FOUND, seen);
        }
        if (status == 408 || status == 416 || status == 425 || status == 429 || status >= 500) {
            throw new Interrupted(seen, retryAfter(answer, clock));
        }
        throw address.refused("answers HTTP " + status);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    private static Duration retryAfter(HttpResponse<?> answer, Clock clock) {
        String value = answer.headers().firstValue("retry-after").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
