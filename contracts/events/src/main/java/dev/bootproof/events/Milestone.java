package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * How far a boot has come, and when.
 *
 * @param name what was reached
 * @param at when we saw it
 */
public record Milestone(Name name, Instant at) {
    public Milestone {
        Required.fields("name", name, "at", at);
    }

    /** What a boot passes, in order. */
    public enum Name {
        /** The machine exists. */
        STARTED,
        /** The firmware gave over, or the kernel was entered directly. */
        FIRMWARE,
        /** The kernel said something. */
        KERNEL,
        /** The first process runs. */
        USERSPACE,
        /** The image's target is reached. */
        TARGET,
        /** An SSH server answered with the host key of the run. */
        SSHD;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The milestone with this word. */
        @JsonCreator
        public static Name of(String word) {
            return Words.pick(Name.class, "milestone", word);
        }
    }
}
