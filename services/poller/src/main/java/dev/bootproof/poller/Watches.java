package dev.bootproof.poller;

import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Announced;
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
import org.jspecify.annotations.Nullable;

/** The watches of this replica: over what it is given the hints of, and over nothing else. */
@ApplicationScoped
class Watches {
    private static final Duration CATALOG_ROUND = Duration.ofSeconds(2);

    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();
    private final CatalogStreams catalog;
    private final Subjects subjects;
    private final StateBook states;
    private final Runs runs;
    private final Timer timer;
    private final Clock clock;
    private final PollerConfig config;
    private final Watch.Tools tools;

    Watches(
            CatalogStreams catalog,
            Subjects subjects,
            StateBook states,
            Runs runs,
            Timer timer,
            Clock clock,
            PollerConfig config,
            Hosts hosts,
            MeterRegistry metrics) {
        this.catalog = catalog;
        this.subjects = subjects;
        this.states = states;
        this.runs = runs;
        this.timer = timer;
        this.clock = clock;
        this.config = config;
        this.tools = new Watch.Tools(hosts, timer, clock, metrics);
    }

    void start(@Observes StartupEvent event, MeterRegistry metrics) {
        runs.onEnd(this::ended);
        runs.onAlarm(() -> catalog.current().canary().ifPresent(canary -> wake(canary, Trigger.POLL)));
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

    /** These partitions are ours now: they are watched as soon as everything is known that was said of them. */
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
            Set<Subject> ours = ours();
            stopOthers(ours);
            ours.forEach(this::begin);
        }
        subjects.dropForgotten(this::isOurs);
        Log.infof("watching %d streams, before %d", watches.size(), before);
    }

    /** What the catalog has no more, or has otherwise, is not watched as it was. */
    private synchronized void stopOthers(Set<Subject> ours) {
        watches.values().stream()
                .filter(watch -> !ours.contains(watch.subject()))
                .toList()
                .forEach(watch -> {
                    watches.remove(watch.subject().key());
                    watch.stop();
                });
    }

    /** Looks at this now, where it is ours. */
    void wake(String key, Trigger trigger) {
        Watch watch = watches.get(key);
        if (watch != null) {
            watch.wake(trigger);
        }
    }

    /** How looking at this goes; empty where another replica does that. */
    Optional<Watch.Report> report(String key) {
        return Optional.ofNullable(watches.get(key)).map(Watch::report);
    }

    private void begin(Subject subject) {
        Watch watch = new Watch(subject, tools, config);
        if (watches.putIfAbsent(subject.key(), watch) == null) {
            watch.wake(Trigger.POLL);
        }
    }

    private void ended(String stream, RunId run) {
        states.of(stream)
                .filter(state -> isLast(state.announced(), run))
                .ifPresent(state -> wake(stream, Trigger.POLL));
        states.pull(PullState.key(stream))
                .filter(state -> isLast(state.announced(), run))
                .ifPresent(state -> wake(state.watch(), Trigger.POLL));
    }

    private static boolean isLast(@Nullable Announced announced, RunId run) {
        return announced != null && announced.runId().equals(run);
    }

    private Set<Subject> ours() {
        return subjects.all(this::isOurs);
    }

    private boolean isOurs(String key) {
        return partitions.contains(Partitions.of(Topic.POLLER_HINTS, key));
    }
}
