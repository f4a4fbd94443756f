package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a suite's unit ended.
 *
 * @param unit what systemd calls it: {@code success}, {@code timeout}, {@code oom-kill}, {@code signal}; {@code gone}
 *     where the guest knows no such unit
 * @param exit the suite's exit code, or null where it did not come to leave one
 * @param source what the guest was sent when the suite began, or null where it does not say
 * @param duration how long it took by the guest's clock
 */
record SuiteEnd(
        String unit, @Nullable Integer exit, @Nullable Digest source, Duration duration) {
    /** Reads lines of {@code NAME=VALUE} as {@code await-suite} writes them. */
    static SuiteEnd parse(String lines) {
        Map<String, String> values = lines.lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, later) -> first));
        String source = values.getOrDefault("source", "");
        return new SuiteEnd(
                values.getOrDefault("LoadState", "").equals("loaded") ? values.getOrDefault("Result", "") : "gone",
                exit(values.getOrDefault("exit", "")),
                source.matches("sha256:[0-9a-f]{64}") ? new Digest(source) : null,
                duration(values));
    }

    private static @Nullable Integer exit(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.valueOf(text) : null;
    }

    private static Duration duration(Map<String, String> values) {
        Long began = number(values.getOrDefault("ExecMainStartTimestampMonotonic", ""));
        Long ended = number(values.getOrDefault("ExecMainExitTimestampMonotonic", ""));
        if (began == null || ended == null || ended < began) {
            return Duration.ZERO;
        }
        return Duration.of(ended - began, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }
}
