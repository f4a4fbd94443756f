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
 * @param most how many bytes of its output are kept, for a guest may say more than fits here
 * @param listener is told what it says while it is being done
 */
public record Command(String line, Input input, Duration limit, int most, Listener listener) {
    private static final int TEXT = 64 << 10;
    private static final int FILES = 8 << 20;

    /** What a command reads on its standard input. */
    @FunctionalInterface
    public interface Input {
        /** Nothing. */
        Input NONE = out -> {};

        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Is told each line of the output as it comes; the output is held up until it returns. */
    @FunctionalInterface
    public interface Listener {
        /** Does not listen. */
        Listener NONE = (line, here) -> {};

        /**
         * There is another line.
         *
         * @param line the line, cut at 512 bytes
         * @param here the connection that it came by
         */
        void heard(String line, Guest here);
    }

    /** A command that says a few lines. */
    public Command(String line, Input input, Duration limit) {
        this(line, input, limit, TEXT, Listener.NONE);
    }

    /** A command without input that says a few lines. */
    public Command(String line, Duration limit) {
        this(line, Input.NONE, limit);
    }

    /** A command without input that sends files. */
    public static Command files(String line, Duration limit) {
        return new Command(line, Input.NONE, limit, FILES, Listener.NONE);
    }

    /** The same with less time. */
    public Command within(Duration left) {
        return new Command(line, input, left.compareTo(limit) < 0 ? left : limit, most, listener);
    }

    /** The same, listened to. */
    public Command heardBy(Listener someone) {
        return new Command(line, input, limit, most, someone);
    }
}
