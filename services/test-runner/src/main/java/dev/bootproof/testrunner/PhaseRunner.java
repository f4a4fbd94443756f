package dev.bootproof.testrunner;

import dev.bootproof.events.LocalLab;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the suites of a phase and keeps the evidence, whatever comes of them.
 *
 * <p>Failure: what stops the suites becomes the phase's outcome and is kept with the evidence that can still be had.
 */
@ApplicationScoped
class PhaseRunner {
    private final Guests guests;
    private final Machines machines;
    private final EvidenceStore store;
    private final SuiteMeter meter;
    private final SuiteShelf shelf;
    private final TestRunnerConfig config;
    private final LocalLab lab;
    private final Clock clock;
    private final Stopping stopping;

    PhaseRunner(
            Guests guests,
            Machines machines,
            EvidenceStore store,
            SuiteMeter meter,
            SuiteShelf shelf,
            TestRunnerConfig config,
            LocalLab lab,
            Clock clock,
            Stopping stopping) {
        this.guests = guests;
        this.machines = machines;
        this.store = store;
        this.meter = meter;
        this.shelf = shelf;
        this.config = config;
        this.lab = lab;
        this.clock = clock;
        this.stopping = stopping;
    }

    PhaseOutcome run(PhaseWork work) {
        Machine machine = machines.of(work.event());
        Evidence evidence = new Evidence();
        try (PatientGuest guest = new PatientGuest(
                () -> guests.enter(work.runId(), work.event().ssh()),
                machine,
                config.patience(),
                clock,
                stopping::pause)) {
            Bench bench = new Bench(guest, screens(work, machine));
            PhaseOutcome outcome = test(work, bench, evidence);
            collect(bench, machine, evidence);
            // What is missing because this service is stopping says nothing, and what is kept is kept for good.
            stopping.holdIfStopping();
            return store.keep(work, shelf.withConsole(work, outcome, evidence), evidence);
        }
    }

    private Screens screens(PhaseWork work, Machine machine) {
        return new Screens(machine, lab.phase(work.runId(), work.number()).resolve("screens"));
    }

    private PhaseOutcome test(PhaseWork work, Bench bench, Evidence evidence) {
        List<SuiteResult> results = new ArrayList<>();
        try {
            work.fence().run();
            bench.setUp(work.event().samples());
            for (SuitePlan plan : work.plan().suites()) {
                Suite suite = shelf.find(work, plan);
                run(work, new SuiteRun(bench, plan, suite, shelf.forgiveness(work)), results, evidence);
            }
            return PhaseOutcome.of(result(work, results));
        } catch (StageFault e) {
            return new PhaseOutcome(result(work, results), e.fault(), e.evidence());
        }
    }

    private void run(PhaseWork work, SuiteRun suite, List<SuiteResult> results, Evidence evidence) {
        try {
            results.add(meter.count(suite.run(() -> context(work), evidence)));
        } catch (StageFault e) {
            results.add(meter.count(suite.faulted(e)));
            throw e;
        }
    }

    private SuiteContext context(PhaseWork work) {
        work.fence().run();
        return SuiteContext.of(work.event(), work.pins(), config.promises(), clock.instant());
    }

    private static void collect(Bench bench, Machine machine, Evidence evidence) {
        try {
            evidence.addAll("", bench.evidence());
        } catch (StageFault e) {
            evidence.miss("journal.txt, failed-units.txt", String.valueOf(e.getMessage()));
        }
        evidence.addOr("console.log", machine.console(), "the machine's owner did not give it");
        evidence.addOr("screenshot.png", machine.screenshot(), "the machine's owner did not give it");
    }

    private static PhaseResult result(PhaseWork work, List<SuiteResult> suites) {
        var event = work.event();
        return new PhaseResult(event.phase(), work.plan().name(), event.wayIn(), event.milestones(), suites, null);
    }
}
