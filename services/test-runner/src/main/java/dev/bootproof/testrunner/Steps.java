package dev.bootproof.testrunner;

import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.stage.StageFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Does the steps of a phase, one after the other, each once.
 *
 * <p>Failure: a step that cannot be done ends the phase; what came of it and of those before is in the book.
 */
final class Steps {
    private final Station station;
    private final StepBook book;
    private final Starts starts;
    private final SuiteSteps suites;
    private final Restart restart;
    private final Clock clock;
    private final List<SuitePlan> plans;

    Steps(Station station, StepBook book, Starts starts, SuiteSteps suites, Restart restart, Clock clock) {
        this.station = station;
        this.book = book;
        this.starts = starts;
        this.suites = suites;
        this.restart = restart;
        this.clock = clock;
        this.plans = station.work().plan().suites();
    }

    /**
     * Does those that are not finished yet.
     *
     * @throws StageFault when one cannot be done
     */
    void run() {
        starts.check();
        if (starts.forgets() || plans.stream().anyMatch(plan -> plan.kind() == Step.REBOOT)) {
            book.open();
        }
        int next = resume();
        station.work().fence().run();
        if (!cornerComesLater(next)) {
            station.bench().setUp(SampleRule.before(station.work(), next));
        }
        for (int step = next; step < plans.size(); step++) {
            station.work().fence().run();
            take(plans.get(step), step, step == next);
        }
    }

    /** A restart that is the last step known may still be going on; one that others followed has happened. */
    private int resume() {
        int known = book.size();
        for (int step = 0; step < known; step++) {
            if (plans.get(step).kind() == Step.REBOOT) {
                book.complete(step, StepResults.passed(plans.get(step), Duration.ZERO));
            }
        }
        return known > 0 && plans.get(known - 1).kind() == Step.REBOOT ? known - 1 : known;
    }

    /** A guest that is restarting, or is put back for its next suite, gets its corner when it is there. */
    private boolean cornerComesLater(int next) {
        boolean restarting = next < book.size();
        boolean suite = next < plans.size() && plans.get(next).kind() == Step.SUITE;
        return restarting || (starts.forgets() && suite && !starts.first(next));
    }

    private void take(SuitePlan plan, int step, boolean takenOver) {
        switch (plan.kind()) {
            case SUITE -> suites.run(plan, step, takenOver);
            case COMMAND -> command(plan, step);
            case REBOOT -> restart(plan, step);
        }
    }

    private void command(SuitePlan plan, int step) {
        CommandStep command =
                new CommandStep(station.bench(), plan, station.directory().resolve("commands"));
        book.take(evidence -> command.run(suites.context(step), evidence), fault -> StepResults.faulted(plan, fault));
    }

    /** Which boot it ends is kept before it is asked for, so that whoever takes over knows whether it has happened. */
    private void restart(SuitePlan plan, int step) {
        if (book.size() == step) {
            book.keep();
            book.keepRestart(restart.boot());
            station.work().fence().run();
        }
        Instant began = clock.instant();
        try {
            restart.from(book.boot(step), plan.timeout());
            station.bench().setUp(SampleRule.before(station.work(), step + 1));
            book.complete(step, StepResults.passed(plan, Duration.between(began, clock.instant())));
        } catch (StageFault e) {
            book.complete(step, StepResults.faulted(plan, e));
            throw e;
        }
    }
}
