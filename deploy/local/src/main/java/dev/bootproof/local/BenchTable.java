package dev.bootproof.local;

import java.time.Duration;
import java.util.Locale;

/**
 * Prints figures, one a line, as they are known.
 *
 * @param terminal where
 */
record BenchTable(Terminal terminal) {
    private static final double MILLIS = 1000;

    void line(String text) {
        terminal.line(text);
    }

    void heading(String text) {
        terminal.line("");
        terminal.line(terminal.strong(text));
    }

    void figure(String name, Duration time) {
        figure(name, seconds(time));
    }

    void figure(String name, String value) {
        terminal.line(String.format(Locale.ROOT, "  %-44s %s", name, value));
    }

    void quantiles(String name, Quantiles times) {
        figure(name, "p50 " + seconds(times.median()) + "   p95 " + seconds(times.p95()));
    }

    void ratio(String name, Duration ours, Duration theirs) {
        double ratio = (double) ours.toMillis() / Math.max(1, theirs.toMillis());
        figure(name, String.format(Locale.ROOT, "%.2fx", ratio));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / MILLIS);
    }
}
