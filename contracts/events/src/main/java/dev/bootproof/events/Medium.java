package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A disk of the run in a drive of a machine.
 *
 * @param disk the disk's name in the plan; {@code image} is the one that the plan's recipe makes
 * @param drive what the guest sees it as
 */
public record Medium(String disk, Drive drive) {
    /** The name of the disk that the plan's own recipe makes. */
    public static final String IMAGE = "image";

    public Medium {
        Required.fields("disk", disk, "drive", drive);
    }

    /** What a guest can see. */
    public enum Drive {
        /** A virtio disk of its own, written to a clone that lasts from phase to phase. */
        DISK,
        /** A CD-ROM, which is only read. */
        CDROM;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The drive with this word. */
        @JsonCreator
        public static Drive of(String word) {
            return Words.pick(Drive.class, "drive", word);
        }
    }
}
