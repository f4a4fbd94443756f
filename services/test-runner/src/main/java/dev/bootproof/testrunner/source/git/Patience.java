package dev.bootproof.testrunner.source.git;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Lets git go on until its time is over, however steadily a host sends. */
final class Patience extends EmptyProgressMonitor {
    private final Clock clock;
    private final Duration patience;
    private final Instant end;

    Patience(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        this.end = clock.instant().plus(patience);
    }

    int seconds() {
        return (int) patience.toSeconds();
    }

    @Override
    public boolean isCancelled() {
        return clock.instant().isAfter(end);
    }
}
