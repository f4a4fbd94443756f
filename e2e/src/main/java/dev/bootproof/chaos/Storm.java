package dev.bootproof.chaos;

import dev.bootproof.events.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Fires so many runs, some at a time, while the weather does what it does, and waits for their ends.
 *
 * @param runs how many events are fired
 * @param open how many of them may be open at a time
 * @param ledger what is known of them
 * @param clock the time
 */
record Storm(int runs, int open, Ledger ledger, Clock clock) {
    private static final long LOOK_AGAIN = Duration.ofMillis(100).toNanos();
    private static final Duration TO_HEAR = Duration.ofSeconds(2);

    /** Fires all of them; says now and then how it goes. */
    void fire(Shots shots, RandomGenerator random, Runnable told) {
        int typed = 0;
        for (int fired = 0; fired < runs; fired++) {
            int written = typed;
            await(() -> ledger.open().size() + written - ledger.typed() < open, Duration.ofHours(1), told);
            typed += shots.fire(random) ? 1 : 0;
        }
    }

    /**
     * Waits until all that was fired has ended.
     *
     * @param longest how long at most
     * @return the runs that have not
     */
    List<RunId> awaitEnds(Duration longest, Runnable told) {
        await(() -> false, TO_HEAR, told);
        await(() -> ledger.open().isEmpty(), longest, told);
        return ledger.open();
    }

    private void await(Supplier<Boolean> so, Duration longest, Runnable told) {
        Instant until = clock.instant().plus(longest);
        while (!so.get() && clock.instant().isBefore(until)) {
            LockSupport.parkNanos(LOOK_AGAIN);
            told.run();
        }
    }
}
