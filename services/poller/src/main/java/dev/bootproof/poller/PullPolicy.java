package dev.bootproof.poller;

import dev.bootproof.catalog.PullRequests;
import dev.bootproof.events.Cause;
import dev.bootproof.events.Change;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Announced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a pull request means: its image is tested once per newest commit, and where there is none that is said
 * once per newest commit. A pure function, as {@link Policy} is.
 *
 * @param retries how often an errored run is fired again
 * @param retryBackoff how long to wait before that, doubled each time
 */
record PullPolicy(int retries, Duration retryBackoff) {
    Decided decide(Asked asked, Found found, RunStatus run) {
        PullState state = asked.state();
        if (run instanceof RunStatus.Lost && state.announced() != null && state.tested() != null) {
            Announced again = state.announced().again(asked.now());
            Change change = asked.at(state.tested());
            return announce(asked, change, again, state.retries(), Trigger.PULL_REQUEST);
        }
        if (run.busy()) {
            return Decided.NOTHING;
        }
        if (asked.change().commit().equals(state.tested())) {
            return found instanceof Found.Image(Digest digest, var _) ? retried(asked, digest, run) : Decided.NOTHING;
        }
        return switch (found) {
            case Found.Missing(String evidence) -> missing(asked, evidence);
            case Found.Image(Digest digest, boolean says) ->
                old(state, digest, says)
                        ? missing(
                                asked,
                                "%s says of no commit and is still what was tested for %s"
                                        .formatted(asked.image(), state.tested()))
                        : next(asked, digest, 0, Trigger.PULL_REQUEST);
        };
    }

    /** An image that does not say what it was built from and was there before is not believed to be of a newer commit. */
    private static boolean old(PullState state, Digest digest, boolean says) {
        return !says && state.announced() != null && state.announced().digest().equals(digest);
    }

    private Decided retried(Asked asked, Digest digest, RunStatus run) {
        int done = asked.state().retries();
        boolean wanted = run instanceof RunStatus.Over(Fault fault, var _)
                && fault != null
                && fault.retry() == Fault.Retry.AGAIN
                && done < retries;
        if (!wanted || !(run instanceof RunStatus.Over over)) {
            return Decided.NOTHING;
        }
        Instant due = over.at().plus(retryBackoff.multipliedBy(1L << done));
        return asked.now().isBefore(due)
                ? new Decided(null, null, null, due)
                : next(asked, digest, done + 1, Trigger.RETRY);
    }

    private static Decided next(Asked asked, Digest digest, int retry, Trigger trigger) {
        long generation = asked.state().generation() + 1;
        RunId run = run(asked, generation, digest);
        return announce(asked, asked.change(), new Announced(run, digest, generation, asked.now(), 0), retry, trigger);
    }

    private static Decided announce(Asked asked, Change change, Announced run, int retry, Trigger trigger) {
        DigestChanged event = new DigestChanged(
                asked.requests().imageOf(change),
                run.digest(),
                asked.requests().plan(),
                asked.state().stream(),
                run.generation(),
                trigger,
                change,
                null,
                null);
        Announced announced =
                new Announced(Announcements.runId(event), run.digest(), run.generation(), run.at(), run.repeats());
        return new Decided(null, event, asked.state().announcing(change, announced, retry), null);
    }

    private static Decided missing(Asked asked, String evidence) {
        if (asked.change().commit().equals(asked.state().told())) {
            return Decided.NOTHING;
        }
        long generation = asked.state().generation() + 1;
        Digest standIn = Digest.of("no image\n" + asked.change().commit());
        TestsDone done = new TestsDone(
                run(asked, generation, standIn),
                asked.image(),
                null,
                null,
                asked.requests().plan(),
                asked.state().stream(),
                generation,
                Fault.NO_IMAGE.verdict(),
                Stage.POLLER,
                Fault.NO_IMAGE,
                Fault.NO_IMAGE.sentence(evidence),
                Counts.NONE,
                List.of(),
                asked.now(),
                asked.change(),
                false);
        return new Decided(done, null, asked.state().telling(asked.change(), generation), null);
    }

    private static RunId run(Asked asked, long generation, Digest digest) {
        return RunId.of(asked.image(), new Cause.Announced(asked.state().stream(), generation, digest));
    }

    /**
     * What was asked about.
     *
     * @param requests what the catalog says
     * @param change the pull request and its newest commit
     * @param state what is remembered of it
     * @param now when
     */
    record Asked(PullRequests requests, Change change, PullState state, Instant now) {
        ImageRef image() {
            return requests.imageOf(change);
        }

        Change at(String commit) {
            return new Change(change.repository(), change.pullRequest(), commit);
        }
    }

    /** What the registry has of it. */
    sealed interface Found {
        /**
         * An image that is of the newest commit, as far as can be told.
         *
         * @param digest its digest
         * @param says whether it says itself that it is
         */
        record Image(Digest digest, boolean says) implements Found {}

        /**
         * No image of the newest commit.
         *
         * @param evidence what there is instead
         */
        record Missing(String evidence) implements Found {}
    }

    /**
     * What to do.
     *
     * @param dropped the verdict to write, or null
     * @param announced the run to announce, or null
     * @param state what to remember, or null where that is as before
     * @param again when to look again even if nothing happens, or null
     */
    record Decided(
            @Nullable TestsDone dropped,
            @Nullable DigestChanged announced,
            @Nullable PullState state,
            @Nullable Instant again) {
        static final Decided NOTHING = new Decided(null, null, null, null);

        boolean speaks() {
            return dropped != null || announced != null;
        }
    }
}
