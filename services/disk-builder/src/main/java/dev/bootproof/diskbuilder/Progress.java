package dev.bootproof.diskbuilder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says how far a transfer is, when it takes longer than a person waits without a word. Used by one thread. */
public final class Progress {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final String what;
    private final Clock clock;
    private final Counter counter;
    private final Instant started;
    private Instant saidAt;
    private long counted;
    private long total;

    /**
     * @param what what comes in, for people; no secret in it
     * @param metrics where the bytes are counted, as {@code bootproof.disk.fetched.bytes}
     */
    public Progress(String what, Clock clock, MeterRegistry metrics) {
        this.what = what;
        this.clock = clock;
        this.counter = metrics.counter("bootproof.disk.fetched.bytes");
        this.started = clock.instant();
        this.saidAt = started;
    }

    /** All that will come, in bytes; 0 where that is not known. */
    public void expect(long bytes) {
        total = bytes;
    }

    /** So many bytes are there. */
    public void at(long bytes) {
        counter.increment((double) Math.max(0, bytes - counted));
        counted = bytes;
        Instant now = clock.instant();
        if (Duration.between(saidAt, now).compareTo(SILENCE) >= 0) {
            saidAt = now;
            say("coming in", now);
        }
    }

    /** It is over; said only where something was said before. */
    public void end() {
        if (saidAt.isAfter(started)) {
            say("came in", clock.instant());
        }
    }

    private void say(String how, Instant now) {
        long millis = Math.max(1, Duration.between(started, now).toMillis());
        Log.infof("%s what=%s bytes=%d total=%d bytesPerSecond=%d", how, what, counted, total, counted * 1000 / millis);
    }
}
