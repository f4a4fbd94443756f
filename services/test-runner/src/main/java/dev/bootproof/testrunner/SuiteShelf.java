package dev.bootproof.testrunner;

import dev.bootproof.events.SuitePlan;
import dev.bootproof.testrunner.ledger.Forgiveness;
import dev.bootproof.testrunner.source.FetchedSuites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where a run's suites are found, and by what their results are judged. */
@ApplicationScoped
class SuiteShelf {
    private final TestRunnerConfig config;
    private final FetchedSuites fetched;
    private final Clock clock;

    SuiteShelf(TestRunnerConfig config, FetchedSuites fetched, Clock clock) {
        this.config = config;
        this.fetched = fetched;
        this.clock = clock;
    }

    /**
     * The suite of this step.
     *
     * @throws dev.bootproof.stage.StageFault when there is none, or it cannot be had
     */
    Suite find(PhaseWork work, SuitePlan plan) {
        String source = plan.source();
        return source == null
                ? new Suites(config.suites()).find(plan.name())
                : Suites.fetched(plan.name(), fetched.fetch(work.runId(), source));
    }

    /** What the run's plan forgives today. */
    Forgiveness forgiveness(PhaseWork work) {
        return new Forgiveness(work.pins().plan().forgiven(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** The same outcome, with what the console in the evidence says of the phase. */
    PhaseOutcome withConsole(PhaseWork work, PhaseOutcome outcome, Evidence evidence) {
        return ConsoleSuite.judge(outcome, evidence, forgiveness(work));
    }
}
