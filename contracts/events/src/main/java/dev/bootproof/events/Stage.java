package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The services, in the order in which a run meets them. */
public enum Stage {
    /** Notices digests. */
    POLLER,
    /** Makes disks. */
    DISK_BUILDER,
    /** Boots machines. */
    VM_PROVISIONER,
    /** Runs suites. */
    TEST_RUNNER,
    /** Tells the world. */
    PUBLISHER,
    /** Leaves nothing behind. */
    JANITOR;

    /** The word on the wire: the service's name. */
    @JsonValue
    public String word() {
        return Words.of(this);
    }

    /** The stage with this word. */
    @JsonCreator
    public static Stage of(String word) {
        return Words.pick(Stage.class, "stage", word);
    }
}
