package dev.bootproof.stage;

import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of runs on behalf of a stage, so that every stage means the same by it.
 *
 * <p>Failure: a record of a run that is not held is passed over. A {@link StageFault} ends the run by the fault table,
 * anything else that is thrown ends it as {@code lab-bug}. A body that cannot be read goes to the dead-letter topic;
 * if its key names a held run, that run is ended with the same reason. While the service is stopping nothing is judged:
 * the record comes again after the start.
 */
@ApplicationScoped
public class Work {
    private final LeaseBook book;
    private final Bus bus;
    private final Verdicts verdicts;
    private final DeadLetters deadLetters;
    private final Traces traces;
    private final Stopping stopping;
    private final Clock clock;
    private final Stage stage;

    Work(
            LeaseBook book,
            Bus bus,
            Verdicts verdicts,
            DeadLetters deadLetters,
            Traces traces,
            Stopping stopping,
            Clock clock,
            Stage stage) {
        this.book = book;
        this.bus = bus;
        this.verdicts = verdicts;
        this.deadLetters = deadLetters;
        this.traces = traces;
        this.stopping = stopping;
        this.clock = clock;
        this.stage = stage;
    }

    /** Takes a record: reads it, checks the run's lease, does the work in a span, and turns faults into verdicts. */
    public <E extends RunEvent> void take(
            ConsumerRecord<String, byte[]> entry, Class<E> type, Consumer<Claim<E>> work) {
        stopping.guard(() -> {
            book.awaitCaughtUp();
            read(entry, type).ifPresent(event -> spanned(entry, event, work));
        });
    }

    private <E extends RunEvent> void spanned(ConsumerRecord<String, byte[]> entry, E event, Consumer<Claim<E>> work) {
        Context parent = traces.extract(entry.headers());
        traces.span(stage.word(), SpanKind.CONSUMER, parent, event.runId(), () -> doWork(event, work));
    }

    private <E extends RunEvent> boolean doWork(E event, Consumer<Claim<E>> work) {
        Optional<Lease> lease = book.live(event.runId());
        if (lease.isEmpty()) {
            Log.infof("passed over, the run is not held runId=%s", event.runId());
            return false;
        }
        Claim<E> claim = new Claim<>(event, lease.get(), this);
        try {
            judge(claim, work);
            return true;
        } catch (NoLongerHeld e) {
            Log.infof("stopped, the run is over runId=%s", event.runId());
            return false;
        }
    }

    private <E extends RunEvent> void judge(Claim<E> claim, Consumer<Claim<E>> work) {
        try {
            work.accept(claim);
        } catch (NoLongerHeld e) {
            throw e;
        } catch (StageFault e) {
            stopping.holdIfStopping();
            claim.end(e.fault(), e.evidence(), e.phases());
        } catch (RuntimeException | Error e) {
            stopping.holdIfStopping();
            Log.errorf(e, "a bug ended a run runId=%s", claim.runId());
            claim.end(Fault.LAB_BUG, stage.word() + ": " + e, List.of());
        }
    }

    private <E extends RunEvent> Optional<E> read(ConsumerRecord<String, byte[]> entry, Class<E> type) {
        try {
            if (entry.value() == null) {
                throw new MalformedEvent("body", "the record has no body: write the event as a JSON object");
            }
            return Optional.of(EventJson.read(entry.value(), type));
        } catch (MalformedEvent e) {
            endRunOf(entry.key(), e);
            deadLetters.send(entry, e);
            return Optional.empty();
        }
    }

    private void endRunOf(@Nullable String key, MalformedEvent why) {
        heldRun(key).ifPresent(lease -> {
            var pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
            verdicts.end(lease.runId(), pins, Fault.LAB_BUG, String.valueOf(why.getMessage()), List.of());
        });
    }

    private Optional<Lease> heldRun(@Nullable String key) {
        return key != null && RunId.isOne(key) ? book.live(new RunId(key)) : Optional.empty();
    }

    LeaseBook book() {
        return book;
    }

    Bus bus() {
        return bus;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    Clock clock() {
        return clock;
    }

    Stage stage() {
        return stage;
    }
}
