package dev.bootproof.poller;

import dev.bootproof.catalog.PullRequests;
import dev.bootproof.events.Change;
import dev.bootproof.events.ImageRef;
import dev.bootproof.poller.PullPolicy.Asked;
import dev.bootproof.poller.PullPolicy.Decided;
import dev.bootproof.poller.PullPolicy.Found;
import dev.bootproof.poller.Pulls.Listing;
import dev.bootproof.poller.Pulls.Pull;
import dev.bootproof.poller.Registries.Built;
import dev.bootproof.poller.Subject.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at the pull requests that carry a label, and at the image of each.
 *
 * <p>Failure: killed between the event and the state, the next look says the same event of the same run again. An image
 * that could not be looked at is no image that is missing: nothing is said, and the next look asks again.
 */
@ApplicationScoped
class PullLook {
    private final Map<String, Outcome> troubles = new ConcurrentHashMap<>();
    private final Pulls pulls;
    private final Registries registries;
    private final Hosts hosts;
    private final StateBook states;
    private final Runs runs;
    private final PullMemory memory;
    private final Announcer announcer;
    private final Clock clock;
    private final PullPolicy policy;

    PullLook(
            Pulls pulls,
            Registries registries,
            Hosts hosts,
            StateBook states,
            Runs runs,
            PullMemory memory,
            Announcer announcer,
            Clock clock,
            PollerConfig config) {
        this.pulls = pulls;
        this.registries = registries;
        this.hosts = hosts;
        this.states = states;
        this.runs = runs;
        this.memory = memory;
        this.announcer = announcer;
        this.clock = clock;
        this.policy = new PullPolicy(config.retries(), config.retryBackoff());
    }

    /** Asks for the pull requests and says what is to be said of each. */
    Result at(PullsSubject subject, BooleanSupplier ours) {
        return switch (pulls.labelled(subject.requests())) {
            case Listing.Failed(Outcome outcome) -> new Result(hosts.note(subject.host(), outcome), null);
            case Listing.Listed(var listed) -> {
                Outcome outcome = hosts.note(subject.host(), new Outcome.Unchanged());
                memory.only(subject.key(), streams(subject, listed), ours);
                Instant again = null;
                for (Pull pull : listed) {
                    again = earlier(again, one(subject, pull, ours));
                }
                yield new Result(outcome, again);
            }
        };
    }

    private static Set<String> streams(PullsSubject subject, List<Pull> listed) {
        return listed.stream().map(pull -> subject.stream(pull.change())).collect(Collectors.toSet());
    }

    /** The host that is asked for these. */
    String host(PullRequests requests) {
        return pulls.host(requests);
    }

    /** Why the image of this pull request could not be looked at, where it could not. */
    Optional<Outcome> trouble(String key) {
        return Optional.ofNullable(troubles.get(key));
    }

    private @Nullable Instant one(PullsSubject subject, Pull pull, BooleanSupplier ours) {
        Change change = pull.change();
        String stream = subject.stream(change);
        PullState before = state(subject, stream, change, states.pull(PullState.key(stream)));
        Found found = done(before, change) ? new Found.Missing("") : found(subject.requests(), pull, before.key());
        if (found == null) {
            return null;
        }
        PullState fresh = state(subject, stream, change, states.freshPull(before.key()));
        Asked asked = new Asked(subject.requests(), change, fresh, clock.instant());
        Decided decided = policy.decide(asked, found, runs.statusOf(fresh.announced()));
        if (ours.getAsBoolean()) {
            say(decided);
        }
        return decided.again();
    }

    private static PullState state(PullsSubject subject, String stream, Change change, Optional<PullState> known) {
        return known.orElseGet(() -> PullState.unseen(stream, subject.key(), change));
    }

    /** Whether the registry need not be asked: this commit was tested, and not in vain. */
    private boolean done(PullState state, Change change) {
        return change.commit().equals(state.tested())
                && !(runs.statusOf(state.announced()) instanceof RunStatus.Over(var fault, var _) && fault != null);
    }

    private @Nullable Found found(PullRequests requests, Pull pull, String key) {
        ImageRef image = requests.imageOf(pull.change());
        if (hosts.paused(image.registry()).isPresent()) {
            return null;
        }
        Outcome outcome = hosts.note(image.registry(), registries.look(image, null, null));
        Found found = switch (outcome) {
            case Outcome.Moved moved -> built(pull, image, moved, key);
            case Outcome.NotFound _ ->
                new Found.Missing("the pull request %d of %s has no image %s"
                        .formatted(pull.change().pullRequest(), requests.repository(), image));
            case Outcome.Unchanged _, Outcome.Unauthorized _, Outcome.Forbidden _, Outcome.RateLimited _ -> null;
            case Outcome.ServerTrouble _, Outcome.Timeout _, Outcome.Unreachable _, Outcome.TlsTrouble _ -> null;
            case Outcome.BadAnswer _, Outcome.NoPlatform _, Outcome.LabBug _ -> null;
        };
        if (found == null && !outcome.good()) {
            troubles.put(key, outcome);
        } else if (found != null) {
            troubles.remove(key);
        }
        return found;
    }

    private @Nullable Found built(Pull pull, ImageRef image, Outcome.Moved moved, String key) {
        return switch (registries.builtFrom(image.at(moved.digest()))) {
            case Built.From(String commit) ->
                pull.isOf(commit)
                        ? new Found.Image(moved.digest(), true)
                        : new Found.Missing("%s is of commit %s, not %s"
                                .formatted(image, commit, pull.change().commit()));
            case Built.Unsaid() -> new Found.Image(moved.digest(), false);
            case Built.Unknown(Outcome outcome) -> {
                troubles.put(key, hosts.note(image.registry(), outcome));
                yield null;
            }
        };
    }

    private void say(Decided decided) {
        if (decided.dropped() != null) {
            announcer.drop(decided.dropped());
        }
        if (decided.announced() != null) {
            announcer.announce(decided.announced());
        }
        if (decided.state() != null) {
            states.remember(decided.state());
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
