package dev.bootproof.testrunner;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Fault;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.SuiteResult.Failure;
import dev.bootproof.stage.StageFault;
import dev.bootproof.testrunner.Reading.Tests;
import dev.bootproof.testrunner.Reading.Unreadable;
import dev.bootproof.testrunner.ledger.Forgiveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One suite in one place, from sending it to what it found, in as many attempts as its plan allows. */
final class SuiteRun {
    /** What says that an attempt was no good, and nothing about the machine. */
    private static final Set<Fault> OF_THE_ATTEMPT = Set.of(Fault.SUITE_TIMEOUT, Fault.SUITE_UNREADABLE);

    private final Place place;
    private final SuitePlan plan;
    private final Suite suite;
    private final Forgiveness forgiveness;

    SuiteRun(Place place, SuitePlan plan, Suite suite, Forgiveness forgiveness) {
        this.place = place;
        this.plan = plan;
        this.suite = suite;
        this.forgiveness = forgiveness;
    }

    /**
     * Runs it, or waits for it where it runs already; where a test failed that blocks, again, to tell whether it is
     * flaky. The first attempt decides.
     *
     * @param context what the suite is told, made anew for each attempt right before it is sent
     * @throws StageFault when it cannot tell anything
     */
    SuiteResult run(Supplier<SuiteContext> context, Evidence evidence) {
        List<Attempt> attempts = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        attempts.add(attempt(suite, context.get(), evidence));
        SuiteFinding finding = finding(attempts);
        for (int n = 2; n <= 1 + plan.retries() && finding.unexplained(); n++) {
            try {
                attempts.add(attempt(suite.attempt(n), context.get(), evidence));
            } catch (StageFault e) {
                if (!OF_THE_ATTEMPT.contains(e.fault())) {
                    throw e;
                }
                notes.add("attempt " + n + " says nothing: " + Words.line(String.valueOf(e.getMessage())));
                break;
            }
            finding = finding(attempts);
        }
        notes.addAll(finding.notes());
        if (!notes.isEmpty()) {
            evidence.add("suites/" + suite.name() + "/notes.txt", Content.of(String.join("\n", notes) + "\n"));
        }
        return finding.result(suite, attempts.getFirst().end().source(), duration(attempts));
    }

    /** What stands for the suite in the phase's result when it could not tell. */
    SuiteResult faulted(StageFault fault) {
        List<Failure> said = List.of(new Failure(suite.name(), Words.paragraph(String.valueOf(fault.getMessage()))));
        return new SuiteResult(
                suite.name(),
                suite.source(),
                fault.fault().verdict(),
                Counts.NONE,
                Duration.ZERO,
                said,
                suite.origin(),
                List.of(),
                List.of());
    }

    private Attempt attempt(Suite sent, SuiteContext context, Evidence evidence) {
        place.start(sent, plan.timeout(), context);
        SuiteEnd end = place.await(sent.name(), plan.timeout());
        Map<String, Content> files = place.results(sent.name());
        evidence.addAll("suites/" + sent.name().replace(".", "/attempt-") + "/", files);
        if (end.unit().equals("timeout")) {
            throw new StageFault(
                    Fault.SUITE_TIMEOUT,
                    suite.name() + ", which had " + plan.timeout().toSeconds() + " s" + SuiteReader.lastWords(files));
        }
        return switch (SuiteReader.read(suite, end, files)) {
            case Tests tests -> new Attempt(end, tests);
            case Unreadable unreadable ->
                throw new StageFault(Fault.SUITE_UNREADABLE, suite.name() + ": " + unreadable.why());
        };
    }

    private SuiteFinding finding(List<Attempt> attempts) {
        Attempts together = Attempts.of(
                attempts.stream().map(attempt -> attempt.tests().cases()).toList());
        return new SuiteFinding(together, forgiveness.judge(suite.name(), together.cases(), together.flaky()));
    }

    private static Duration duration(List<Attempt> attempts) {
        return attempts.stream().map(attempt -> attempt.end().duration()).reduce(Duration.ZERO, Duration::plus);
    }

    private record Attempt(SuiteEnd end, Tests tests) {}
}
