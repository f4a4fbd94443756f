package dev.bootproof.testrunner;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Something to do in a guest. Every command may be sent again after a lost connection, so it does nothing twice.
 *
 * @param line what the guest's shell is given
 * @param input what it reads
 * @param limit how long it may take
 */
public record Command(String line, Input input, Duration limit) {
    /** What a command reads on its standard input. */
    @FunctionalInterface
    public interface Input {
        /** Nothing. */
        Input NONE = out -> {};

        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A command without input. */
    public Command(String line, Duration limit) {
        this(line, Input.NONE, limit);
    }

    /** The same with less time. */
    public Command within(Duration left) {
        return new Command(line, input, left.compareTo(limit) < 0 ? left : limit);
    }
}
