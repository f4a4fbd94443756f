package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Fault;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Failure;
import dev.bootproof.events.Verdict;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.Reading.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One suite in one place, from sending it to what it found. */
final class SuiteRun {
    private final Place place;
    private final SuitePlan plan;
    private final Suite suite;

    SuiteRun(Place place, SuitePlan plan, Suite suite) {
        this.place = place;
        this.plan = plan;
        this.suite = suite;
    }

    /**
     * Runs it, or waits for it where it runs already.
     *
     * @throws StageFault when it cannot tell anything
     */
    SuiteResult run(SuiteContext context, Evidence evidence) {
        place.start(suite, plan.timeout(), context);
        SuiteEnd end = place.await(suite.name(), plan.timeout());
        Map<String, Content> files = place.results(suite.name());
        evidence.addAll("suites/" + suite.name() + "/", files);
        if (end.unit().equals("timeout")) {
            throw new StageFault(
                    Fault.SUITE_TIMEOUT,
                    suite.name() + ", which had " + plan.timeout().toSeconds() + " s" + SuiteReader.lastWords(files));
        }
        return switch (SuiteReader.read(suite, end, files)) {
            case Tests tests -> result(end, tests);
            case Unreadable unreadable ->
                throw new StageFault(Fault.SUITE_UNREADABLE, suite.name() + ": " + unreadable.why());
        };
    }

    /** What stands for the suite in the phase's result when it could not tell. */
    SuiteResult faulted(StageFault fault) {
        List<Failure> said = List.of(new Failure(suite.name(), Words.paragraph(String.valueOf(fault.getMessage()))));
        return new SuiteResult(suite.name(), suite.source(), fault.fault().verdict(), Counts.NONE, Duration.ZERO, said);
    }

    private SuiteResult result(SuiteEnd end, Tests tests) {
        Verdict verdict = tests.counts().failed() == 0 ? Verdict.PASSED : Verdict.FAILED;
        var source = end.source() == null ? suite.source() : end.source();
        return new SuiteResult(suite.name(), source, verdict, tests.counts(), end.duration(), tests.failures());
    }
}
