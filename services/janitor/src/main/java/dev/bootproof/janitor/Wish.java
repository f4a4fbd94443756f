package dev.bootproof.janitor;

import dev.bootproof.events.RunId;
import java.util.List;

/** What came of a person's wish about a run. */
sealed interface Wish {
    /**
     * It is so; perhaps it was so before.
     *
     * @param run the run
     * @param sentence what has become of it
     * @param removed what was removed, in words
     */
    record Granted(RunId run, String sentence, List<String> removed) implements Wish {
        public Granted {
            removed = List.copyOf(removed);
        }
    }

    /**
     * There is no such run.
     *
     * @param sentence for people
     */
    record Unknown(String sentence) implements Wish {}

    /**
     * It cannot be so any more, or not yet.
     *
     * @param sentence why, and what to do
     */
    record Refused(String sentence) implements Wish {}

    /**
     * It was tried, did not work, and is tried again by itself.
     *
     * @param sentence what to look at
     */
    record Unfinished(String sentence) implements Wish {}

    /** Nobody has heard of this run. */
    static Wish unknown(RunId run) {
        return new Unknown(
                "the lease book has no run " + run + ": it has not begun, or ended so long ago that it is forgotten");
    }
}
