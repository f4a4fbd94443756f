package dev.bootproof.poller;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between looks. Everything is a little random, so that streams that began together do not stay together.
 *
 * @param interval the pause while all goes well
 * @param longest the longest pause while looking fails; the interval where that is longer
 */
record Pace(Duration interval, Duration longest) {
    private static final double JITTER = 0.1;
    private static final Duration FIRST_SOON = Duration.ofMillis(250);
    private static final int LONGEST_SHIFT = 5;

    Pace {
        longest = interval.compareTo(longest) > 0 ? interval : longest;
    }

    /** The pause after the first look: all streams begin at once, and are to be spread over the interval. */
    Duration afterFirst() {
        return times(interval, 0.5 + ThreadLocalRandom.current().nextDouble() / 2);
    }

    /** The pause after so many failures in a row. */
    Duration after(int failures) {
        Duration grown = failures < 2 ? interval : interval.multipliedBy(1L << Math.min(failures - 1, LONGEST_SHIFT));
        Duration pause = grown.compareTo(longest) > 0 ? longest : grown;
        return times(pause, 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1));
    }

    /** The pause after so many failures in a row, where somebody said that there is something to see. */
    Duration soon(int failures) {
        Duration grown = FIRST_SOON.multipliedBy(1L << Math.min(failures, LONGEST_SHIFT));
        Duration regular = after(failures);
        return grown.compareTo(regular) < 0 ? grown : regular;
    }

    /** This instant or a little later, so that not everybody comes who waited for it. */
    Instant spread(Instant earliest) {
        return earliest.plus(
                times(interval, JITTER * ThreadLocalRandom.current().nextDouble()));
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
