package dev.bootproof.poller;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.TestsDone;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a look: say what is dropped and announced, and only then remember the state.
 *
 * @param dropped the verdicts of runs that will not be announced
 * @param announced the runs to announce
 * @param state what to remember
 * @param again when to look again even if nothing happens; null where the stream's interval is soon enough
 */
record Decision(
        List<TestsDone> dropped,
        List<DigestChanged> announced,
        StreamState state,
        @Nullable Instant again) {
    Decision {
        dropped = List.copyOf(dropped);
        announced = List.copyOf(announced);
    }

    /** To say nothing and remember this. */
    static Decision quiet(StreamState state) {
        return new Decision(List.of(), List.of(), state, null);
    }

    /** To say nothing and look again then. */
    static Decision later(StreamState state, Instant again) {
        return new Decision(List.of(), List.of(), state, again);
    }

    /** Whether anything is said. */
    boolean speaks() {
        return !dropped.isEmpty() || !announced.isEmpty();
    }

    /** The same, with this run announced before. */
    Decision after(DigestChanged first) {
        return new Decision(
                dropped, Stream.concat(Stream.of(first), announced.stream()).toList(), state, again);
    }

    /** The same, with this run dropped. */
    Decision dropping(TestsDone verdict) {
        return new Decision(List.of(verdict), announced, state, again);
    }
}
