package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run ended. There is no fifth way. */
public enum Verdict {
    /** The image booted and its suites passed. */
    PASSED(0),
    /** The image is broken. */
    FAILED(1),
    /** The lab could not tell; nothing is said about the image. */
    ERRORED(3),
    /** There was nothing to tell: superseded, unsupported, no way in. */
    SKIPPED(4);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What a command that waited for this verdict exits with; 2 is kept for wrong usage. */
    public int exitCode() {
        return exitCode;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict with this word. */
    @JsonCreator
    public static Verdict of(String word) {
        return Words.pick(Verdict.class, "verdict", word);
    }
}
