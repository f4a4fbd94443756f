package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Announced;
import dev.bootproof.poller.StreamState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a stream means: a pure function of what is remembered, what was seen and what became of the last run.
 * Asked again with the same state it says the same events, which is what makes saying them before remembering them safe.
 *
 * @param retries how often an errored run is fired again
 * @param retryBackoff how long to wait before that, doubled each time
 */
record Policy(int retries, Duration retryBackoff) {
    /** What to do about a stream that is seen for the first time. */
    Decision firstSight(WatchedStream stream, Seen seen) {
        StreamState state = StreamState.remembered(stream.name(), seen.digest(), seen.etag());
        return switch (stream.onFirstSight()) {
            case REMEMBER -> Decision.quiet(state);
            case RUN -> announce(stream, state, new Pending(seen.digest(), 1), seen, 0);
        };
    }

    /** What to do about a stream that is remembered. */
    Decision look(WatchedStream stream, StreamState before, Seen seen, RunStatus run) {
        Announced last = before.announced();
        if (run instanceof RunStatus.Lost && last != null) {
            DigestChanged again = event(stream, last.digest(), last.generation(), seen.trigger());
            return decide(stream, before.announcedAgain(last.again(seen.at())), seen, run)
                    .after(again);
        }
        return decide(stream, before, seen, run);
    }

    private Decision decide(WatchedStream stream, StreamState state, Seen seen, RunStatus run) {
        boolean moved = !seen.digest().equals(state.digest());
        return moved ? moved(stream, state, seen, run) : unmoved(stream, state, seen, run);
    }

    private Decision unmoved(WatchedStream stream, StreamState state, Seen seen, RunStatus run) {
        if (run.busy()) {
            return Decision.quiet(state);
        }
        if (state.pending() != null) {
            return announce(stream, state, state.pending(), seen, 0);
        }
        if (run instanceof RunStatus.Over(Fault fault, Instant at) && mayRetry(state, fault)) {
            return retry(stream, state, seen, at.plus(retryBackoff.multipliedBy(1L << state.retries())));
        }
        return Decision.quiet(state);
    }

    private boolean mayRetry(StreamState state, @Nullable Fault fault) {
        Announced announced = state.announced();
        return fault != null
                && fault.retry() == Fault.Retry.AGAIN
                && state.retries() < retries
                && announced != null
                && announced.digest().equals(state.digest());
    }

    private static Decision retry(WatchedStream stream, StreamState state, Seen seen, Instant due) {
        if (seen.at().isBefore(due)) {
            return Decision.later(state, due);
        }
        Pending next = new Pending(state.digest(), state.generation() + 1);
        return announce(stream, state, next, seen.because(Trigger.RETRY), state.retries() + 1);
    }

    private static Decision moved(WatchedStream stream, StreamState before, Seen seen, RunStatus run) {
        StreamState state = before.pointingAt(seen.digest(), seen.etag()).waitingForNothing();
        Pending next = new Pending(seen.digest(), state.generation() + 1);
        Decision decision = run.busy()
                ? Decision.quiet(back(before, seen) ? state : state.waiting(next))
                : announce(stream, state, next, seen, 0);
        return before.pending() == null ? decision : decision.dropping(superseded(stream, before.pending(), seen));
    }

    /** Whether the stream points again at what is being tested. */
    private static boolean back(StreamState before, Seen seen) {
        return before.announced() != null && before.announced().digest().equals(seen.digest());
    }

    private static Decision announce(WatchedStream stream, StreamState state, Pending next, Seen seen, int retries) {
        DigestChanged event = event(stream, next.digest(), next.generation(), seen.trigger());
        Announced announced = new Announced(runId(event), next.digest(), next.generation(), seen.at(), 0);
        return new Decision(List.of(), List.of(event), state.announcing(announced, retries), null);
    }

    private static TestsDone superseded(WatchedStream stream, Pending dropped, Seen seen) {
        DigestChanged event = event(stream, dropped.digest(), dropped.generation(), seen.trigger());
        return new TestsDone(
                runId(event),
                stream.image(),
                dropped.digest(),
                null,
                stream.plan(),
                stream.name(),
                dropped.generation(),
                Fault.SUPERSEDED.verdict(),
                Stage.POLLER,
                Fault.SUPERSEDED,
                Fault.SUPERSEDED.sentence("the stream moved on to " + seen.digest() + " before this was tested"),
                Counts.NONE,
                List.of(),
                seen.at());
    }

    private static DigestChanged event(WatchedStream stream, Digest digest, long generation, Trigger trigger) {
        return new DigestChanged(stream.image(), digest, stream.plan(), stream.name(), generation, trigger);
    }

    /** Announced runs are named by stream, generation and digest; where the record lies does not matter. */
    static RunId runId(DigestChanged event) {
        return event.runId(0, 0, 0);
    }

    /**
     * What was seen.
     *
     * @param digest what the stream points at
     * @param etag what the registry called that, where it said
     * @param trigger why we looked
     * @param at when
     */
    record Seen(Digest digest, @Nullable String etag, Trigger trigger, Instant at) {
        Seen because(Trigger other) {
            return new Seen(digest, etag, other, at);
        }
    }
}
