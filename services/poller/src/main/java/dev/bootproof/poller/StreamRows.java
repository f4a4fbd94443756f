package dev.bootproof.poller;

import dev.bootproof.catalog.Schedule;
import dev.bootproof.catalog.WatchedStream;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is watched, as it is shown. */
@ApplicationScoped
class StreamRows {
    private final CatalogStreams catalog;
    private final StateBook states;
    private final Watches watches;
    private final PullLook pulls;
    private final Clock clock;

    StreamRows(CatalogStreams catalog, StateBook states, Watches watches, PullLook pulls, Clock clock) {
        this.catalog = catalog;
        this.states = states;
        this.watches = watches;
        this.pulls = pulls;
        this.clock = clock;
    }

    /** What is wrong with the catalog, a line each. */
    String mistakes() {
        return catalog.mistakes();
    }

    List<StreamRow> all() {
        Set<String> watched =
                catalog.current().pullRequests().stream().map(PullsSubject::key).collect(Collectors.toSet());
        Stream<StreamRow> streams = catalog.current().all().stream().map(this::row);
        Stream<StreamRow> requests = watched.stream()
                .map(key -> StreamRow.of(
                        key, "pull-requests", null, watches.report(key).orElse(null)));
        Stream<StreamRow> each = states.pulls().stream()
                .filter(state -> watched.contains(state.watch()) && state.gone() == null)
                .map(state -> StreamRow.of(state, pulls.trouble(state.key()).orElse(null)));
        return Stream.concat(Stream.concat(streams, requests), each)
                .sorted(Comparator.comparing(StreamRow::stream))
                .toList();
    }

    private StreamRow row(WatchedStream stream) {
        String name = stream.name();
        return StreamRow.of(
                        name,
                        "stream",
                        states.of(name).orElse(null),
                        watches.report(name).orElse(null))
                .due(Schedule.of(stream.schedule()).next(clock.instant()).orElse(null));
    }
}
