package dev.bootproof.poller;

import io.quarkus.logging.Log;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Work on one host: only so much of it at once, the rest in a queue. What waits has no thread, so ten thousand streams
 * of a slow host cost a queue and not ten thousand threads.
 */
final class Lane {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final int width;
    private final Executor threads;
    private int busy;

    Lane(int width, Executor threads) {
        this.width = width;
        this.threads = threads;
    }

    /** Does the work when its turn comes; what is urgent is done before all that waits. */
    void submit(Runnable work, boolean urgent) {
        if (admitted(work, urgent)) {
            threads.execute(() -> work(work));
        }
    }

    private synchronized boolean admitted(Runnable work, boolean urgent) {
        if (busy < width) {
            busy++;
            return true;
        }
        if (urgent) {
            waiting.addFirst(work);
        } else {
            waiting.addLast(work);
        }
        return false;
    }

    private void work(Runnable first) {
        for (Runnable next = first; next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                Log.errorf(e, "work on a host failed");
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            busy--;
        }
        return next;
    }
}
