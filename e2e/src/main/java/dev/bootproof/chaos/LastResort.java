package dev.bootproof.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something once: when it is closed, or when the process is asked to end before that. */
final class LastResort implements AutoCloseable {
    private final Action action;
    private final AtomicBoolean done = new AtomicBoolean();

    /** What is to be done in the end. */
    @FunctionalInterface
    interface Action {
        /** Does it. */
        void run() throws IOException;
    }

    private LastResort(Action action) {
        this.action = action;
    }

    /** Sees to it that this is done. */
    static LastResort of(Action action) {
        LastResort resort = new LastResort(action);
        Runtime.getRuntime().addShutdownHook(new Thread(resort::atTheEnd));
        return resort;
    }

    private void atTheEnd() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!done.getAndSet(true)) {
            action.run();
        }
    }
}
