package dev.bootproof.local;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Measured times, the shortest first.
 *
 * @param sorted the times
 */
record Quantiles(List<Duration> sorted) {
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    Quantiles {
        sorted = sorted.stream().sorted().toList();
    }

    static <T> Quantiles of(List<T> measured, Function<T, Duration> what) {
        return new Quantiles(measured.stream().map(what).toList());
    }

    Duration median() {
        return at(HALF);
    }

    Duration p95() {
        return at(MOST);
    }

    /** The nearest rank: a time that was really measured. */
    private Duration at(double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1L, 0, sorted.size() - 1));
    }
}
