package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * Does the steps of a phase and keeps the evidence, whatever comes of them.
 *
 * <p>Failure: what stops the steps becomes the phase's outcome and is kept with the evidence that can still be had.
 */
@ApplicationScoped
class PhaseRunner {
    private static final Command FLUSH = new Command("sync", Duration.ofMinutes(2));

    private final Stations stations;
    private final EvidenceStore store;
    private final StepStore steps;
    private final SuiteShelf shelf;
    private final SuiteMeter meter;
    private final TestRunnerConfig config;
    private final Clock clock;
    private final Stopping stopping;

    PhaseRunner(
            Stations stations,
            EvidenceStore store,
            StepStore steps,
            SuiteShelf shelf,
            SuiteMeter meter,
            TestRunnerConfig config,
            Clock clock,
            Stopping stopping) {
        this.stations = stations;
        this.store = store;
        this.steps = steps;
        this.shelf = shelf;
        this.meter = meter;
        this.config = config;
        this.clock = clock;
        this.stopping = stopping;
    }

    PhaseOutcome run(PhaseWork work) {
        StepBook book = new StepBook(work, steps, meter);
        Evidence evidence = new Evidence();
        try (Station station = stations.of(work)) {
            PhaseOutcome outcome = flushed(station, test(station, book));
            book.addTo(evidence);
            collect(station, evidence);
            // What is missing because this service is stopping says nothing, and what is kept is kept for good.
            stopping.holdIfStopping();
            PhaseOutcome kept = store.keep(work, shelf.withConsole(work, outcome, evidence), evidence);
            station.beside().forget();
            book.close();
            return kept;
        }
    }

    private PhaseOutcome test(Station station, StepBook book) {
        try {
            steps(station, book).run();
            return PhaseOutcome.of(result(station.work(), book));
        } catch (StageFault e) {
            return new PhaseOutcome(result(station.work(), book), e.fault(), e.evidence());
        }
    }

    private Steps steps(Station station, StepBook book) {
        Starts starts = new Starts(station, meter, clock);
        SuiteSteps suites = new SuiteSteps(station, book, starts, shelf, config.promises(), clock);
        Restart restart = new Restart(station.guest(), station.machine(), clock, stopping::pause);
        return new Steps(station, book, starts, suites, restart, clock);
    }

    /** The next phase's machine begins with what this one has written. */
    private static PhaseOutcome flushed(Station station, PhaseOutcome outcome) {
        PhaseWork work = station.work();
        if (outcome.fault() != null
                || work.number() + 1 == work.pins().plan().phases().size()) {
            return outcome;
        }
        try {
            Answer answer = station.guest().run(FLUSH);
            return answer.exit() == 0 ? outcome : unflushed(outcome, answer.summary());
        } catch (StageFault e) {
            return new PhaseOutcome(outcome.result(), e.fault(), e.evidence());
        } catch (CommandTooSlow e) {
            return unflushed(outcome, String.valueOf(e.getMessage()));
        }
    }

    private static PhaseOutcome unflushed(PhaseOutcome outcome, String why) {
        String sentence = "its disks could not be flushed for the next phase: " + why;
        return new PhaseOutcome(outcome.result(), Fault.GUEST_LOST, sentence);
    }

    private static void collect(Station station, Evidence evidence) {
        try {
            evidence.addAll("", station.bench().evidence());
        } catch (StageFault e) {
            evidence.miss("journal.txt, failed-units.txt", String.valueOf(e.getMessage()));
        }
        Machine machine = station.machine();
        evidence.addOr("console.log", machine.console(), "the machine's owner did not give it");
        evidence.addOr("screenshot.png", machine.screenshot(), "the machine's owner did not give it");
    }

    private static PhaseResult result(PhaseWork work, StepBook book) {
        var event = work.event();
        return new PhaseResult(
                event.phase(), work.plan().name(), event.wayIn(), event.milestones(), book.results(), null);
    }
}
