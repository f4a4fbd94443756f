package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at one stream, and what follows from it.
 *
 * <p>Failure: killed between the event and the state, the next look says the same event of the same run again.
 */
@ApplicationScoped
class Look {
    private final Hosts hosts;
    private final StateBook states;
    private final Runs runs;
    private final Announcer announcer;
    private final Clock clock;
    private final Policy policy;

    Look(Hosts hosts, StateBook states, Runs runs, Announcer announcer, Clock clock, PollerConfig config) {
        this.hosts = hosts;
        this.states = states;
        this.runs = runs;
        this.announcer = announcer;
        this.clock = clock;
        this.policy = new Policy(config.retries(), config.retryBackoff());
    }

    /** Until when this stream cannot be looked at, because its registry wants to be left alone. */
    Optional<Instant> limited(WatchedStream stream) {
        return hosts.limited(stream.image().registry());
    }

    /** Looks at the stream and says what is to be said. */
    Result at(WatchedStream stream, Trigger trigger) {
        StreamState before = states.of(stream.name()).orElse(null);
        Registries.Known known = before == null ? null : new Registries.Known(before.digest(), before.etag());
        Outcome outcome = hosts.look(stream.image(), known);
        Instant again = switch (outcome) {
            case Outcome.Unchanged() -> known == null ? null : act(stream, before, known, trigger);
            case Outcome.Moved(Digest digest, String etag) ->
                act(stream, before, new Registries.Known(digest, etag), trigger);
            case Outcome.Missing(), Outcome.Refused(var _), Outcome.RateLimited(var _) -> null;
            case Outcome.Unavailable(var _) -> null;
        };
        return new Result(outcome, again);
    }

    private @Nullable Instant act(
            WatchedStream stream, @Nullable StreamState before, Registries.Known now, Trigger trigger) {
        Policy.Seen seen = new Policy.Seen(now.digest(), now.etag(), trigger, clock.instant());
        Decision decision = before == null
                ? policy.firstSight(stream, seen)
                : policy.look(stream, before, seen, runs.statusOf(before));
        decision.dropped().forEach(announcer::drop);
        decision.announced().forEach(announcer::announce);
        if (!decision.state().equals(before)) {
            states.remember(decision.state());
        }
        return decision.again();
    }

    /**
     * What came of a look.
     *
     * @param outcome what the registry said
     * @param again when to look again whatever the interval is; null where the interval is soon enough
     */
    record Result(Outcome outcome, @Nullable Instant again) {}
}
