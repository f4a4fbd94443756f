package dev.bootproof.stage;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.VmReady;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records of runs on behalf of a stage, so that every stage means the same by it.
 *
 * <p>Failure: a record of a run that is not held is passed over. A {@link StageFault} ends the run by the fault table,
 * anything else that is thrown ends it as {@code lab-bug}. A record that cannot be read goes to the dead-letter
 * topic, and the held run that it names is ended with the same reason. While the service is stopping nothing is judged:
 * the record comes again after the start.
 */
@ApplicationScoped
public class Work {
    private final LeaseBook book;
    private final Bus bus;
    private final Verdicts verdicts;
    private final Rejections rejections;
    private final Traces traces;
    private final Stopping stopping;
    private final Clock clock;
    private final Stage stage;

    Work(
            LeaseBook book,
            Bus bus,
            Verdicts verdicts,
            Rejections rejections,
            Traces traces,
            Stopping stopping,
            Clock clock,
            Stage stage) {
        this.book = book;
        this.bus = bus;
        this.verdicts = verdicts;
        this.rejections = rejections;
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
        traces.span(stage.word(), SpanKind.CONSUMER, parent, event.runId(), () -> doWork(entry, event, work));
    }

    private <E extends RunEvent> boolean doWork(
            ConsumerRecord<String, byte[]> entry, E event, Consumer<Claim<E>> work) {
        Optional<Lease> lease = book.live(event.runId());
        if (lease.isEmpty()) {
            Log.infof("passed over, the run is not held runId=%s", event.runId());
            return false;
        }
        Claim<E> claim = new Claim<>(event, lease.get(), this);
        if (phase(event) >= claim.pins().plan().phases().size()) {
            rejections.reject(entry, noSuchPhase(phase(event), claim.pins().plan()));
            return false;
        }
        try {
            judge(claim, work);
            return true;
        } catch (NoLongerHeld e) {
            Log.infof("stopped, the run is over runId=%s", event.runId());
            return false;
        }
    }

    private static int phase(RunEvent event) {
        return switch (event) {
            case DiskReady disk -> disk.phase();
            case VmReady machine -> machine.phase();
            case TestsDone _, CleanupDue _ -> 0;
        };
    }

    private static MalformedEvent noSuchPhase(int phase, Plan plan) {
        return new MalformedEvent(
                "phase",
                "\"phase\" is " + phase + ": the plan " + plan.name() + " has "
                        + plan.phases().size() + ", counted from 0");
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
            return Optional.of(Reading.event(entry, type));
        } catch (MalformedEvent e) {
            rejections.reject(entry, e);
            return Optional.empty();
        }
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
