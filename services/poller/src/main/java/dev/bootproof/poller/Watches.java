package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.stage.Partitions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** The watches of this replica: over the streams whose hints it is given, and over no others. */
@ApplicationScoped
class Watches {
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Streams streams;
    private final Look look;
    private final StateBook states;
    private final Runs runs;
    private final Timer timer;
    private final Clock clock;
    private final PollerConfig config;

    Watches(Streams streams, Look look, StateBook states, Runs runs, Timer timer, Clock clock, PollerConfig config) {
        this.streams = streams;
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
    }

    /** These partitions are ours now: their streams are watched as soon as everything is known that was said of them. */
    void take(Collection<TopicPartition> partitions) {
        timer.soon(() -> {
            states.awaitPresent();
            runs.awaitPresent();
            List<WatchedStream> ours = of(partitions);
            ours.forEach(this::begin);
            Log.infof("watching %d more streams", ours.size());
        });
    }

    /** These partitions are not ours any more. */
    void leave(Collection<TopicPartition> partitions) {
        of(partitions).forEach(stream -> {
            Watch watch = watches.remove(stream.name());
            if (watch != null) {
                watch.stop();
            }
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

    private List<WatchedStream> of(Collection<TopicPartition> partitions) {
        return streams.all().stream()
                .filter(stream -> partitions.contains(Partitions.of(Topic.POLLER_HINTS, stream.name())))
                .toList();
    }
}
