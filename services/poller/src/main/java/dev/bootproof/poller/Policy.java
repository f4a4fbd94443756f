package dev.bootproof.poller;

import dev.bootproof.catalog.OnFirstSight;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Announced;
import dev.bootproof.poller.StreamState.Pending;
import dev.bootproof.poller.StreamState.Scheduled;
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
 * @param canaryPause how long after it ended a canary that did not pass is run again
 */
record Policy(int retries, Duration retryBackoff, Duration canaryPause) {
    /** What to do about a stream that is seen for the first time. */
    Decision firstSight(WatchedStream stream, Seen seen) {
        StreamState state = StreamState.remembered(stream.name(), seen.digest(), seen.etag())
                .on(seen.platform())
                .honouring(seen.due());
        return switch (stream.onFirstSight()) {
            case REMEMBER -> Decision.quiet(state);
            case RUN -> announce(stream, state, new Pending(seen.digest(), 1, seen.trigger()), seen, 0);
        };
    }

    /** What to do about a stream that is remembered. */
    Decision look(WatchedStream stream, StreamState before, Seen seen, RunStatus run) {
        Announced last = before.announced();
        if (run instanceof RunStatus.Lost && last != null) {
            DigestChanged again = Announcements.event(stream, last.digest(), last.generation(), seen.trigger());
            return decide(stream, before.announcedAgain(last.again(seen.at())), seen, run)
                    .after(again);
        }
        return decide(stream, before, seen, run);
    }

    private Decision decide(WatchedStream stream, StreamState before, Seen seen, RunStatus run) {
        boolean due = due(before.scheduled(), seen.due());
        StreamState state = before.honouring(seen.due());
        if (seen.digest().equals(state.digest()) || movedElsewhere(state, seen)) {
            StreamState same = state.pointingAt(seen.digest(), seen.etag()).on(seen.platform());
            return unmoved(stream, same, seen, run, due);
        }
        return moved(stream, state, seen, run, due);
    }

    /** A schedule that is new or has changed was never missed. */
    private static boolean due(@Nullable Scheduled honoured, @Nullable Scheduled due) {
        return honoured != null
                && due != null
                && honoured.times().equals(due.times())
                && due.last().isAfter(honoured.last());
    }

    /** Whether the index moved and the manifest that counts did not; what waits is always replaced by what is newest. */
    private static boolean movedElsewhere(StreamState state, Seen seen) {
        return state.pending() == null
                && state.platform() != null
                && seen.platform() != null
                && state.platform().same(seen.platform());
    }

    private Decision unmoved(WatchedStream stream, StreamState state, Seen seen, RunStatus run, boolean due) {
        Pending retest = again(state, Trigger.SCHEDULE);
        if (run.busy()) {
            return Decision.quiet(due && state.pending() == null ? state.waiting(retest) : state);
        }
        if (state.pending() != null) {
            return announce(stream, state, state.pending(), seen, 0);
        }
        if (due) {
            return announce(stream, state, retest, seen, 0);
        }
        if (stream.canary() && seen.alarm().unanswered(run)) {
            return announce(stream, state, again(state, Trigger.CANARY), seen, 0);
        }
        if (run instanceof RunStatus.Over(Fault fault, Instant at)) {
            return over(stream, state, seen, fault, at);
        }
        return Decision.quiet(state);
    }

    private Decision over(WatchedStream stream, StreamState state, Seen seen, @Nullable Fault fault, Instant at) {
        if (mayRetry(state, fault)) {
            Instant due = at.plus(retryBackoff.multipliedBy(1L << state.retries()));
            return repeat(stream, state, seen, due, Trigger.RETRY);
        }
        if (stream.canary() && seen.alarm().unwell()) {
            return repeat(stream, state, seen, at.plus(canaryPause), Trigger.CANARY);
        }
        return Decision.quiet(state);
    }

    private boolean mayRetry(StreamState state, @Nullable Fault fault) {
        Announced announced = state.announced();
        return fault != null
                && fault.retry() == Fault.Retry.AGAIN
                && state.retries() < retries
                && announced != null
                && (announced.digest().equals(state.digest())
                        || announced.digest().equals(state.tested()));
    }

    private static Decision repeat(WatchedStream stream, StreamState state, Seen seen, Instant due, Trigger trigger) {
        if (seen.at().isBefore(due)) {
            return Decision.later(state, due);
        }
        int done = trigger == Trigger.RETRY ? state.retries() + 1 : state.retries();
        return announce(stream, state, again(state, trigger), seen, done);
    }

    /** The same digest once more. */
    private static Pending again(StreamState state, Trigger trigger) {
        return new Pending(state.digest(), state.generation() + 1, trigger);
    }

    private static Decision moved(WatchedStream stream, StreamState before, Seen seen, RunStatus run, boolean due) {
        StreamState state = before.pointingAt(seen.digest(), seen.etag())
                .on(seen.platform())
                .waitingForNothing();
        boolean retest = due || (before.pending() != null && before.pending().trigger() == Trigger.SCHEDULE);
        Trigger trigger = retest ? Trigger.SCHEDULE : seen.trigger();
        Pending next = new Pending(seen.digest(), state.generation() + 1, trigger);
        Decision decision = run.busy()
                ? Decision.quiet(back(before, seen) && !retest ? state : state.waiting(next))
                : announce(stream, state, next, seen, 0);
        return before.pending() == null
                ? decision
                : decision.dropping(Announcements.superseded(
                        stream,
                        before.pending(),
                        "the stream moved on to " + seen.digest() + " before this was tested",
                        seen.at()));
    }

    /** Whether the stream points again at what is being tested. */
    private static boolean back(StreamState before, Seen seen) {
        return before.announced() != null && before.announced().digest().equals(seen.digest());
    }

    /** What to do about a stream that the catalog has no more. */
    static Decision removed(StreamState before, Instant now) {
        if (before.pending() == null) {
            return Decision.quiet(before);
        }
        WatchedStream gone = new WatchedStream(ImageRef.parse(before.stream()), "", OnFirstSight.REMEMBER, null);
        String why = "the catalog has this stream no more, and the digest was not tested yet";
        return Decision.quiet(before.waitingForNothing())
                .dropping(Announcements.superseded(gone, before.pending(), why, now));
    }

    private static Decision announce(WatchedStream stream, StreamState state, Pending next, Seen seen, int retries) {
        Trigger trigger = next.trigger() == null ? seen.trigger() : next.trigger();
        DigestChanged event = Announcements.event(stream, next.digest(), next.generation(), trigger);
        Announced announced = new Announced(Announcements.runId(event), next.digest(), next.generation(), seen.at(), 0);
        return new Decision(List.of(), List.of(event), state.announcing(announced, retries), null);
    }
}
