package dev.bootproof.diskbuilder;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.stage.DeadLetters;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.stage.Reading;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import dev.bootproof.stage.Traces;
import dev.bootproof.stage.Verdicts;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * A digest becomes a disk of exactly that digest, or a verdict why not. Here a run begins: its lease is written before
 * anything is made or waited for.
 *
 * <p>Failure: killed anywhere, the event comes again and the run goes on where its lease says; a disk that was made is
 * found. An event that cannot be understood goes to the dead letters, everything else ends in a verdict. While the
 * service is stopping nothing is judged: the event comes again after the start.
 */
@ApplicationScoped
class BuildDisk {
    private final LeaseBook book;
    private final Pinning pinning;
    private final HeldRuns runs;
    private final Verdicts verdicts;
    private final DeadLetters deadLetters;
    private final Traces traces;
    private final Stopping stopping;

    BuildDisk(
            LeaseBook book,
            Pinning pinning,
            HeldRuns runs,
            Verdicts verdicts,
            DeadLetters deadLetters,
            Traces traces,
            Stopping stopping) {
        this.book = book;
        this.pinning = pinning;
        this.runs = runs;
        this.verdicts = verdicts;
        this.deadLetters = deadLetters;
        this.traces = traces;
        this.stopping = stopping;
    }

    @Incoming("digest-changed")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> entry) {
        stopping.guard(() -> takeOrPutAside(entry));
    }

    private void takeOrPutAside(ConsumerRecord<String, byte[]> entry) {
        book.awaitCaughtUp();
        try {
            DigestChanged event = Reading.event(entry, DigestChanged.class);
            RunId run = event.runId(entry.partition(), entry.offset(), entry.timestamp());
            traces.span(
                    Stage.DISK_BUILDER.word(),
                    SpanKind.CONSUMER,
                    traces.extract(entry.headers()),
                    run,
                    () -> take(run, event));
        } catch (MalformedEvent e) {
            deadLetters.send(entry, e);
        }
    }

    private boolean take(RunId run, DigestChanged event) {
        Optional<Lease> known = book.fresh(run);
        if (book.decided(run)) {
            Log.infof("passed over, the run has its verdict runId=%s", run);
            return false;
        }
        Optional<Lease> lease = known.isPresent() ? known : begin(run, event);
        lease.ifPresent(it -> goOn(run, it));
        return lease.isPresent();
    }

    private void goOn(RunId run, Lease lease) {
        if (lease.held()) {
            runs.work(run, Objects.requireNonNull(lease.pins(), "a held lease has pins"));
        } else {
            Log.infof("passed over, the run is not held runId=%s", run);
        }
    }

    /** Writes the run's lease; where the run cannot even be pinned it ends here. */
    private Optional<Lease> begin(RunId run, DigestChanged event) {
        try {
            Pins pins = traces.step("pin", run, () -> pinning.pin(event));
            Log.infof("run begins runId=%s image=%s digest=%s", run, pins.image(), pins.digest());
            return Optional.of(pinning.hold(run, pins));
        } catch (StageFault e) {
            stopping.holdIfStopping();
            verdicts.endUnpinned(run, event, e.fault(), e.evidence());
        } catch (MalformedEvent e) {
            endAnnounced(run, event, e);
            throw e;
        } catch (RuntimeException | Error e) {
            stopping.holdIfStopping();
            Log.errorf(e, "a bug ended a run runId=%s", run);
            verdicts.endUnpinned(run, event, Fault.LAB_BUG, Stage.DISK_BUILDER.word() + ": " + e);
        }
        return Optional.empty();
    }

    /** The stream of an announced run waits for its verdict, so that a dead letter alone would hold it up for ever. */
    private void endAnnounced(RunId run, DigestChanged event, MalformedEvent why) {
        if (event.stream() == null || event.generation() == null || event.digest() == null) {
            return;
        }
        switch (why.field()) {
            case "plan" -> verdicts.endUnpinned(run, event, Fault.UNKNOWN_PLAN, String.valueOf(event.plan()));
            case "suites" -> verdicts.endUnpinned(run, event, Fault.SUITE_MISSING, String.valueOf(why.getMessage()));
            default -> verdicts.endUnpinned(run, event, Fault.LAB_BUG, String.valueOf(why.getMessage()));
        }
    }
}
