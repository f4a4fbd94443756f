package dev.bootproof.vmprovisioner;

import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import java.time.Duration;

/** The door of a guest. */
public interface WayIn {
    /** Tries once to log in with the run's key; takes no longer than the patience for each step of the talk. */
    Answer knock(RunId run, SshAddress address, Duration patience);

    /** What came of it. */
    sealed interface Answer {
        /** It worked; how the door came to be open, for people. */
        record LetIn(String how) implements Answer {}

        /** Not now, perhaps later. */
        record NotYet(String why) implements Answer {}

        /** Somebody else answered. */
        record Stranger(String why) implements Answer {}
    }
}
