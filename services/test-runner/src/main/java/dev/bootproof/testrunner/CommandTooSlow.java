package dev.bootproof.testrunner;

import java.time.Duration;

/** A command was not done in its time, while the guest was connected. */
public final class CommandTooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** This command, after that long. */
    public CommandTooSlow(String line, Duration limit) {
        super("\"" + line + "\" was not done after " + limit.toSeconds() + " s");
    }
}
