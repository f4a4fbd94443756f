package dev.bootproof.vmprovisioner;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one thing at a time be done to each of many names; who comes meanwhile waits. */
final class OneAtATime {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> busy = new HashSet<>();

    /** Does this as soon as nothing else is done to the name. */
    <T> T with(String name, Supplier<T> work) {
        begin(name);
        try {
            return work.get();
        } finally {
            end(name);
        }
    }

    private void begin(String name) {
        lock.lock();
        try {
            while (!busy.add(name)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(String name) {
        lock.lock();
        try {
            busy.remove(name);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
