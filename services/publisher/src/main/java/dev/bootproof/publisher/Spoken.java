package dev.bootproof.publisher;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and sizes as people say them. */
final class Spoken {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Spoken() {}

    static String duration(Duration time) {
        if (time.isNegative()) {
            return "0 s";
        }
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    static String ago(Instant then, Instant now) {
        Duration past = Duration.between(then, now);
        if (past.toMinutes() < 1) {
            return "just now";
        }
        if (past.toHours() < 1) {
            return past.toMinutes() + " min ago";
        }
        if (past.toDays() < 1) {
            return past.toHours() + " h ago";
        }
        return past.toDays() == 1 ? "yesterday" : past.toDays() + " days ago";
    }

    static String exact(Instant time) {
        return EXACT.format(time);
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        if (bytes < 1 << 20) {
            return bytes / 1024 + " KiB";
        }
        if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + " GiB";
        }
        return bytes % (1 << 20) == 0
                ? (bytes >> 20) + " MiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
