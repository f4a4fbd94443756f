package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What made somebody say that a digest changed. */
public enum Trigger {
    /** The registry told us. */
    PUSH,
    /** We asked the registry. */
    POLL,
    /** The clock. */
    SCHEDULE,
    /** A pull request. */
    PULL_REQUEST,
    /** A person. */
    MANUAL,
    /** An errored run of the poller, tried again. */
    RETRY,
    /** The lab is not sure of itself: its canary is run. */
    CANARY;

    /** The word on the wire. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The trigger with this word. */
    @JsonCreator
    public static Trigger of(String word) {
        return Words.pick(Trigger.class, "trigger", word);
    }
}
