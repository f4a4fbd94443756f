package dev.bootproof.poller;

import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.stage.Bus;
import dev.bootproof.stage.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;

/** Says what a decision says; the trace of a run begins here. */
@ApplicationScoped
class Announcer {
    private final Bus bus;
    private final Traces traces;
    private final MeterRegistry metrics;

    Announcer(Bus bus, Traces traces, MeterRegistry metrics) {
        this.bus = bus;
        this.traces = traces;
        this.metrics = metrics;
    }

    /** Announces a run. */
    void announce(DigestChanged event) {
        RunId run = Announcements.runId(event);
        String trigger = event.trigger() == null ? "" : event.trigger().word();
        traces.span("poller", SpanKind.PRODUCER, Context.root(), run, () -> bus.send(event));
        metrics.counter("bootproof.announcements", "trigger", trigger).increment();
        Log.infof(
                "announced stream=%s generation=%d trigger=%s runId=%s digest=%s",
                event.key(), event.generation(), trigger, run, event.digest());
    }

    /** Says that a run which was to be announced will not be. */
    void drop(TestsDone verdict) {
        RunId run = verdict.runId();
        traces.span("poller", SpanKind.PRODUCER, Context.root(), run, () -> bus.send(verdict));
        metrics.counter("bootproof.verdicts", "verdict", verdict.verdict().word())
                .increment();
        Log.infof(
                "run ended runId=%s verdict=%s reason=%s",
                run, verdict.verdict().word(), verdict.reason());
    }
}
