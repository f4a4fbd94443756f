package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a suite sees of the suites before it in the same phase. */
public enum Isolation {
    /** Everything: one boot, the suites one after the other. */
    SHARED,
    /** Nothing: each suite has a boot of its own, of a fresh clone. */
    BOOT,
    /** Nothing: the machine is saved once it is up, disk and memory, and put back before each suite. */
    SNAPSHOT;

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The isolation with this word. */
    @JsonCreator
    public static Isolation of(String word) {
        return Words.pick(Isolation.class, "isolate", word);
    }
}
