package dev.bootproof.poller;

import dev.bootproof.catalog.Schedule;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Platform;
import dev.bootproof.poller.StreamState.Scheduled;
import dev.bootproof.poller.Subject.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at one stream, and what follows from it.
 *
 * <p>Failure: killed between the event and the state, the next look says the same event of the same run again.
 */
@ApplicationScoped
class Look {
    private final Registries registries;
    private final Hosts hosts;
    private final StateBook states;
    private final Runs runs;
    private final Announcer announcer;
    private final Clock clock;
    private final Policy policy;

    Look(
            Registries registries,
            Hosts hosts,
            StateBook states,
            Runs runs,
            Announcer announcer,
            Clock clock,
            PollerConfig config) {
        this.registries = registries;
        this.hosts = hosts;
        this.states = states;
        this.runs = runs;
        this.announcer = announcer;
        this.clock = clock;
        this.policy = new Policy(config.retries(), config.retryBackoff(), config.canaryPause());
    }

    /** Looks at the stream and says what is to be said, as long as it is ours to say. */
    Result at(WatchedStream stream, Trigger trigger, BooleanSupplier ours) {
        StreamState before = states.of(stream.name()).orElse(null);
        Registries.Known known = known(stream, before);
        Outcome outcome =
                hosts.note(stream.image().registry(), registries.look(stream.image(), known, stream.platform()));
        Seen seen = seen(stream, known, outcome, trigger);
        return new Result(outcome, seen == null ? null : act(stream, before, seen, ours));
    }

    /** What we know makes the question a condition; not while we do not know all that we are to know. */
    private static Registries.@Nullable Known known(WatchedStream stream, @Nullable StreamState state) {
        if (state == null) {
            return null;
        }
        Platform platform = state.platform();
        boolean unknown = stream.platform() != null
                && (platform == null || !platform.name().equals(stream.platform()));
        return unknown ? null : new Registries.Known(state.digest(), state.etag());
    }

    private @Nullable Seen seen(
            WatchedStream stream, Registries.@Nullable Known known, Outcome outcome, Trigger trigger) {
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Moved(Digest digest, String etag, Digest manifest)) {
            Platform platform = stream.platform() == null || manifest == null
                    ? null
                    : new Platform(stream.platform(), manifest, digest);
            return new Seen(digest, etag, platform, due(stream, now), trigger, now, alarm(stream));
        }
        if (outcome instanceof Outcome.Unchanged && known != null) {
            return new Seen(known.digest(), known.etag(), null, due(stream, now), trigger, now, alarm(stream));
        }
        return null;
    }

    private Alarm alarm(WatchedStream stream) {
        return stream.canary() ? runs.alarm() : Alarm.NONE;
    }

    private static @Nullable Scheduled due(WatchedStream stream, Instant now) {
        return Schedule.of(stream.schedule())
                .last(now)
                .map(last -> new Scheduled(stream.schedule(), last))
                .orElse(null);
    }

    /** Before anything is said, the state is read to its end: another replica may have been here meanwhile. */
    private @Nullable Instant act(WatchedStream stream, @Nullable StreamState before, Seen seen, BooleanSupplier ours) {
        StreamState state = before;
        Decision decision = decide(stream, state, seen);
        if (decision.speaks() || before == null) {
            state = states.fresh(stream.name()).orElse(null);
            decision = Objects.equals(state, before) ? decision : decide(stream, state, seen);
        }
        if (!ours.getAsBoolean()) {
            return null;
        }
        decision.dropped().forEach(announcer::drop);
        decision.announced().forEach(announcer::announce);
        if (!decision.state().equals(state)) {
            states.remember(decision.state());
        }
        return decision.speaks() && overAlready(decision.state()) ? clock.instant() : decision.again();
    }

    /** A run may end before it is remembered that it was announced; nobody is woken for it then. */
    private boolean overAlready(StreamState state) {
        return runs.statusOf(state.announced()) instanceof RunStatus.Over;
    }

    private Decision decide(WatchedStream stream, @Nullable StreamState state, Seen seen) {
        return state == null
                ? policy.firstSight(stream, seen)
                : policy.look(stream, state, seen, runs.statusOf(state.announced()));
    }
}
