package dev.bootproof.vmprovisioner.qemu;

import dev.bootproof.vmprovisioner.Signal;
import dev.bootproof.vmprovisioner.Story;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A story that goes on: told by several threads, waited for by others. */
final class LiveStory {
    private final Clock clock;
    private final Consumer<Story> keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Story story;

    /**
     * Goes on with this story.
     *
     * @param keeper writes every new state of it down before anybody else sees it
     */
    LiveStory(Story story, Clock clock, Consumer<Story> keeper) {
        this.story = story;
        this.clock = clock;
        this.keeper = keeper;
    }

    /**
     * Adds to the story.
     *
     * @return whether the machine has gone with this signal
     */
    boolean tell(Signal signal) {
        lock.lock();
        try {
            Story before = story;
            Story after = before.after(signal, clock.instant());
            if (after.equals(before)) {
                return false;
            }
            story = after;
            keeper.accept(after);
            changed.signalAll();
            return before.alive() && !after.alive();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes who waits. */
    void nudge() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The story as it is now. */
    Story now() {
        lock.lock();
        try {
            return story;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the story fits or the time is over.
     *
     * @return the story as it is then
     */
    Story await(Predicate<Story> fits, Instant until) throws InterruptedException {
        lock.lock();
        try {
            while (!fits.test(story)) {
                Duration left = Duration.between(clock.instant(), until);
                if (!left.isPositive()) {
                    return story;
                }
                boolean _ = changed.await(left.toNanos(), TimeUnit.NANOSECONDS);
            }
            return story;
        } finally {
            lock.unlock();
        }
    }
}
