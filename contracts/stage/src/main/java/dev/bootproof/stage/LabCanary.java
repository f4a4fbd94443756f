package dev.bootproof.stage;

import dev.bootproof.events.Canary;
import dev.bootproof.events.Canary.Trouble;
import dev.bootproof.events.Canary.Word;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the lab's canary said last, as far as this service has read: the small view beside the lease book.
 *
 * <p>Failure: a verdict that cannot be read says nothing about the lab; whose it is ends it.
 */
@ApplicationScoped
public class LabCanary {
    private static final String MARK = "\"canary\"";

    private final Set<RunId> heard = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final BootproofConfig config;
    private final Clock clock;
    private volatile Canary canary = Canary.SILENT;

    LabCanary(BootproofConfig config, Clock clock, MeterRegistry metrics) {
        this.config = config;
        this.clock = clock;
        metrics.gauge("bootproof.canary", this, LabCanary::measure);
    }

    /** 1 while the lab is well, 0 while it is unwell, no number while nothing was heard. */
    private double measure() {
        if (canary.last().isEmpty()) {
            return Double.NaN;
        }
        return trouble().isEmpty() ? 1 : 0;
    }

    /** Most verdicts are not the canary's, and are not even parsed. */
    void read(ConsumerRecord<String, byte[]> entry) {
        if (entry.value() == null || !new String(entry.value(), StandardCharsets.UTF_8).contains(MARK)) {
            return;
        }
        try {
            hear(Reading.event(entry, TestsDone.class));
        } catch (MalformedEvent e) {
            Log.debugf("no word of the canary offset=%d: %s", entry.offset(), e.getMessage());
        }
    }

    /** The first verdict of a run counts, here too. */
    private void hear(TestsDone done) {
        Canary before = canary;
        if (done.canary() && heard.add(done.runId())) {
            canary = before.after(done);
        }
        if (!canary.equals(before)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** What ails the lab; empty while it is well, and while nothing was heard of a canary for long. */
    public Optional<Trouble> trouble() {
        return canary.trouble(clock.instant().minus(config.canaryCountsFor()));
    }

    /** What it said last; empty where nothing was heard of a canary. */
    public Optional<Word> last() {
        return canary.last();
    }

    /** Tells the listener of every word of the canary from now on, on the reading thread: it must not block. */
    public void onWord(Runnable listener) {
        listeners.add(listener);
    }
}
