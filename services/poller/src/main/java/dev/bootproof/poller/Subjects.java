package dev.bootproof.poller;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the catalog wants to be watched, and what to do about what it wanted once. */
@ApplicationScoped
class Subjects {
    private final CatalogStreams catalog;
    private final Look look;
    private final PullLook pullLook;
    private final StateBook states;
    private final Announcer announcer;
    private final Clock clock;

    Subjects(CatalogStreams catalog, Look look, PullLook pullLook, StateBook states, Announcer announcer, Clock clock) {
        this.catalog = catalog;
        this.look = look;
        this.pullLook = pullLook;
        this.states = states;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** All whose key is one of these. */
    Set<Subject> all(Predicate<String> keys) {
        Streams streams = catalog.current();
        Stream<Subject> watched = streams.all().stream().map(stream -> new StreamSubject(stream, look));
        Stream<Subject> requests = streams.pullRequests().stream().map(pulls -> new PullsSubject(pulls, pullLook));
        return Stream.concat(watched, requests)
                .filter(subject -> keys.test(subject.key()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A digest that waits on a stream which the catalog has no more will not be tested: its run ends. */
    void dropForgotten(Predicate<String> keys) {
        Streams streams = catalog.current();
        states.streams().stream()
                .filter(state -> state.pending() != null)
                .filter(state -> keys.test(state.stream()))
                .filter(state -> streams.named(state.stream()).isEmpty())
                .map(state -> Policy.removed(state, clock.instant()))
                .forEach(decision -> {
                    decision.dropped().forEach(announcer::drop);
                    states.remember(decision.state());
                });
    }
}
