package dev.bootproof.janitor;

import dev.bootproof.events.RunId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets one thread at a time decide about a run, so that nothing is said or removed twice by one janitor. */
final class OneAtATime {
    private static final int STRIPES = 64;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    boolean of(RunId run, Supplier<Boolean> decision) {
        ReentrantLock lock = locks[Math.floorMod(run.hashCode(), STRIPES)];
        lock.lock();
        try {
            return decision.get();
        } finally {
            lock.unlock();
        }
    }
}
