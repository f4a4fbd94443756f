package dev.bootproof.local;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that doctor looked at.
 *
 * @param name what
 * @param state how it is
 * @param found what is there, or what is missing and what for
 * @param advice what to do; empty where nothing is to be done
 */
record Finding(String name, State state, String found, String advice) {
    /** How it is. */
    enum State {
        /** As it should be. */
        GOOD,
        /** Worth knowing; only some plans need it, or all is slower without it. */
        NOTE,
        /** Without it a lab does not work. */
        MISSING;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding good(String name, String found) {
        return new Finding(name, State.GOOD, found, "");
    }

    static Finding note(String name, String found, String advice) {
        return new Finding(name, State.NOTE, found, advice);
    }

    static Finding missing(String name, String found, String advice) {
        return new Finding(name, State.MISSING, found, advice);
    }
}
