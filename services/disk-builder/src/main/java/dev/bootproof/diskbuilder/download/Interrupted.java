package dev.bootproof.diskbuilder.download;

import java.io.IOException;
import java.time.Duration;

/** A transfer did not get through to its end; another attempt may. */
final class Interrupted extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /**
     * @param why what was seen
     * @param wait how long the server asks to be left alone; zero where it does not
     */
    Interrupted(String why, Duration wait) {
        super(why);
        this.wait = wait;
    }

    /** How long the server asks to be left alone. */
    Duration waitAsked() {
        return wait;
    }
}
