package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.stage.Partitions;
import dev.bootproof.stage.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** The watches of this replica: over the streams whose hints it is given, and over no others. */
@ApplicationScoped
class Watches {
    private static final Duration CATALOG_ROUND = Duration.ofSeconds(2);

    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();
    private final CatalogStreams catalog;
    private final Look look;
    private final StateBook states;
    private final Runs runs;
    private final Timer timer;
    private final Clock clock;
    private final PollerConfig config;

    Watches(
            CatalogStreams catalog,
            Look look,
            StateBook states,
            Runs runs,
            Timer timer,
            Clock clock,
            PollerConfig config) {
        this.catalog = catalog;
        this.look = look;
        this.states = states;
        this.runs = runs;
        this.timer = timer;
        this.clock = clock;
        this.config = config;
    }

    void start(@Observes StartupEvent event, MeterRegistry metrics) {
        runs.onEnd(this::ended);
        metrics.gaugeMapSize("bootproof.streams", List.of(), watches);
        metrics.gauge(
                "bootproof.streams.failing",
                watches,
                all -> all.values().stream()
                        .filter(watch -> watch.report().failures() > 0)
                        .count());
        followCatalog();
    }

    private void followCatalog() {
        if (catalog.refresh()) {
            timer.soon(this::follow);
        }
        timer.at(clock.instant().plus(CATALOG_ROUND), this::followCatalog);
    }

    /** These partitions are ours now: their streams are watched as soon as everything is known that was said of them. */
    void take(Collection<TopicPartition> more) {
        partitions.addAll(more);
        timer.soon(this::follow);
    }

    /** These partitions are not ours any more. */
    void leave(Collection<TopicPartition> less) {
        partitions.removeAll(less);
        stopOthers(ours());
    }

    private void follow() {
        states.awaitPresent();
        runs.awaitPresent();
        int before = watches.size();
        synchronized (this) {
            List<WatchedStream> ours = ours();
            stopOthers(ours);
            ours.forEach(this::begin);
        }
        Log.infof("watching %d streams, before %d", watches.size(), before);
    }

    /** A stream that the catalog has no more, or has otherwise, is not watched as it was. */
    private synchronized void stopOthers(List<WatchedStream> ours) {
        watches.values().stream()
                .filter(watch -> !ours.contains(watch.stream()))
                .toList()
                .forEach(watch -> {
                    watches.remove(watch.stream().name());
                    watch.stop();
                });
    }

    /** Looks at this stream now, where it is ours. */
    void wake(String stream, Trigger trigger) {
        Watch watch = watches.get(stream);
        if (watch != null) {
            watch.wake(trigger);
        }
    }

    /** How looking at this stream goes; empty where another replica does that. */
    Optional<Watch.Report> report(String stream) {
        return Optional.ofNullable(watches.get(stream)).map(Watch::report);
    }

    private void begin(WatchedStream stream) {
        Watch watch = new Watch(stream, look, timer, clock, config);
        if (watches.putIfAbsent(stream.name(), watch) == null) {
            watch.wake(Trigger.POLL);
        }
    }

    private void ended(String stream, RunId run) {
        boolean last = states.of(stream)
                .map(StreamState::announced)
                .filter(announced -> announced.runId().equals(run))
                .isPresent();
        if (last) {
            wake(stream, Trigger.POLL);
        }
    }

    private List<WatchedStream> ours() {
        return catalog.current().all().stream()
                .filter(stream -> partitions.contains(Partitions.of(Topic.POLLER_HINTS, stream.name())))
                .toList();
    }
}
