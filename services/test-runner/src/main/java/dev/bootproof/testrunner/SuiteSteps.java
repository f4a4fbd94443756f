package dev.bootproof.testrunner;

import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The suites of a phase, each in a machine that begins as its plan says. */
final class SuiteSteps {
    private final Station station;
    private final StepBook book;
    private final Starts starts;
    private final SuiteShelf shelf;
    private final List<String> promises;
    private final Clock clock;

    SuiteSteps(Station station, StepBook book, Starts starts, SuiteShelf shelf, List<String> promises, Clock clock) {
        this.station = station;
        this.book = book;
        this.starts = starts;
        this.shelf = shelf;
        this.promises = promises;
        this.clock = clock;
    }

    /**
     * Runs a suite, or waits for it where it runs already.
     *
     * @param plan the suite
     * @param step its number in the phase
     * @param takenOver whether another runner may have begun it
     */
    void run(SuitePlan plan, int step, boolean takenOver) {
        PhaseWork work = station.work();
        SuiteRun run = new SuiteRun(station.place(plan), plan, shelf.find(work, plan), shelf.forgiveness(work));
        book.take(
                evidence -> {
                    if (!takenOver || !starts.forgets() || !starts.begun(plan)) {
                        begin(plan, step, evidence);
                    }
                    return run(run, plan.name(), step, evidence);
                },
                run::faulted);
    }

    private SuiteResult run(SuiteRun run, String name, int step, Evidence evidence) {
        try {
            return run.run(() -> context(step), evidence);
        } finally {
            evidence.addPictures(station.screens().pictures(name));
        }
    }

    /** What a step is told of the run, right before it is sent. */
    SuiteContext context(int step) {
        PhaseWork work = station.work();
        work.fence().run();
        return SuiteContext.of(work, step, promises, clock.instant());
    }

    private void begin(SuitePlan plan, int step, Evidence evidence) {
        if (starts.first(step)) {
            starts.save();
            return;
        }
        if (!starts.forgets()) {
            return;
        }
        book.keep();
        Duration took = starts.again(plan);
        String start = "{\"isolation\":\"%s\",\"millis\":%d}\n"
                .formatted(starts.isolation().word(), took.toMillis());
        evidence.add("suites/" + plan.name() + "/start.json", Content.of(start));
    }
}
