package dev.bootproof.stage;

import dev.bootproof.events.Counts;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends runs: writes {@code tests-done}, whose first record of a run is its verdict. */
@ApplicationScoped
public class Verdicts {
    private final Bus bus;
    private final Clock clock;
    private final Stage stage;
    private final MeterRegistry metrics;
    private final LabCanary canary;

    Verdicts(Bus bus, Clock clock, Stage stage, MeterRegistry metrics, LabCanary canary) {
        this.canary = canary;
        this.bus = bus;
        this.clock = clock;
        this.stage = stage;
        this.metrics = metrics;
    }

    /** Ends a run whose image could not even be pinned. */
    public void endUnpinned(RunId run, ImageRef image, Fault fault, String evidence) {
        endUnpinned(run, new DigestChanged(image, image.digest(), null, null, null, null), fault, evidence);
    }

    /** Ends a run that could not even be pinned, with all that the event says of it. */
    public void endUnpinned(RunId run, DigestChanged event, Fault fault, String evidence) {
        Judged judged = judge(event.canary(), fault, evidence);
        send(new TestsDone(
                run,
                event.image(),
                event.digest() == null ? event.image().digest() : event.digest(),
                null,
                event.plan(),
                event.stream(),
                event.generation(),
                judged.fault().verdict(),
                stage,
                judged.fault(),
                judged.reason(),
                Counts.NONE,
                List.of(),
                clock.instant(),
                event.change(),
                event.canary()));
    }

    /** Ends a run by the fault table; while the lab is unwell nobody's image has failed. */
    public void end(RunId run, Pins pins, Fault fault, String evidence, List<PhaseResult> phases) {
        Judged judged = judge(pins.canary(), fault, evidence);
        send(done(run, pins, judged.fault().verdict(), judged.fault(), judged.reason(), phases));
    }

    /**
     * What counts is what the canary said last. Nobody waits for one that is under way: a run must end in its time, and
     * the canary may need the memory of whoever would wait for it. The canary itself is judged plainly.
     */
    private Judged judge(boolean itself, Fault fault, String evidence) {
        Judged plain = new Judged(fault, fault.sentence(evidence));
        if (itself || fault.verdict() != Verdict.FAILED) {
            return plain;
        }
        return canary.trouble()
                .map(trouble -> trouble.evidence(plain.reason()))
                .map(both -> new Judged(Fault.LAB_UNWELL, Fault.LAB_UNWELL.sentence(both)))
                .orElse(plain);
    }

    /** Ends a run well. */
    public void pass(RunId run, Pins pins, String reason, List<PhaseResult> phases) {
        send(done(run, pins, Verdict.PASSED, null, reason, phases));
    }

    private TestsDone done(
            RunId run, Pins pins, Verdict verdict, @Nullable Fault fault, String reason, List<PhaseResult> phases) {
        return new TestsDone(
                run,
                pins.image(),
                pins.digest(),
                pins.platformDigest(),
                pins.plan().name(),
                pins.stream(),
                pins.generation(),
                verdict,
                stage,
                fault,
                reason,
                sum(phases),
                phases,
                clock.instant(),
                pins.change(),
                pins.canary());
    }

    private static Counts sum(List<PhaseResult> phases) {
        return phases.stream()
                .flatMap(phase -> phase.suites().stream())
                .map(SuiteResult::counts)
                .reduce(Counts.NONE, Counts::plus);
    }

    private void send(TestsDone done) {
        bus.send(done);
        metrics.counter("bootproof.verdicts", "verdict", done.verdict().word()).increment();
        Log.infof(
                "run ended runId=%s verdict=%s reason=%s",
                done.runId(), done.verdict().word(), done.reason());
    }

    private record Judged(Fault fault, String reason) {}
}
