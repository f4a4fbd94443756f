package dev.bootproof.local;

import java.time.Duration;
import java.util.Locale;

/**
 * How far something is that takes long.
 *
 * @param terminal where it is said, in a line that changes
 * @param begun when it began, as {@link System#nanoTime} counts
 */
record Progress(Terminal terminal, long begun) {
    private static final long MEGA = 1_000_000;
    private static final double NANOS = 1e9;

    static Progress now(Terminal terminal) {
        return new Progress(terminal, System.nanoTime());
    }

    /** So many bytes of so many are done. */
    void bytes(long done, long all) {
        terminal.passing("  " + words(Math.min(done, all), all, took()));
    }

    /** What is being done now. */
    void step(String what) {
        terminal.passing("  %4s s  %s".formatted(took().toSeconds(), what));
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** As people read it: {@code 40 of 98 MB, 21 MB/s}. */
    static String words(long done, long all, Duration took) {
        return "%d of %d MB, %s".formatted(done / MEGA, all / MEGA, rate(done, took));
    }

    static String rate(long bytes, Duration took) {
        double perSecond = bytes / Math.max(1e-3, took.toNanos() / NANOS) / MEGA;
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f MB/s" : "%.0f MB/s", perSecond);
    }
}
