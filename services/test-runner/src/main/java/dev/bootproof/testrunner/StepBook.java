package dev.bootproof.testrunner;

import dev.bootproof.events.SuiteResult;
import dev.bootproof.stage.StageFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The finished steps of a phase, in order. They are in memory until the machine is about to forget them; then they are
 * kept, so that a runner that takes the phase over goes on with the next one.
 */
final class StepBook {
    private final PhaseWork work;
    private final StepStore store;
    private final SuiteMeter meter;
    private final List<FinishedStep> finished = new ArrayList<>();
    private int kept;

    StepBook(PhaseWork work, StepStore store, SuiteMeter meter) {
        this.work = work;
        this.store = store;
        this.meter = meter;
    }

    /** Reads what is kept of a phase whose machine forgets. */
    void open() {
        Optional<FinishedStep> next = store.find(work, 0);
        while (next.isPresent()) {
            finished.add(next.get());
            kept++;
            next = store.find(work, kept);
        }
    }

    /** How many steps are known, which is the number of the next. */
    int size() {
        return finished.size();
    }

    /**
     * Does the next step and notes what came of it, also where it could not be done.
     *
     * @param doing does it, and adds what is kept of it
     * @param faulted what stands for it where it could not be done
     */
    void take(Function<Evidence, SuiteResult> doing, Function<StageFault, SuiteResult> faulted) {
        Evidence evidence = new Evidence();
        try {
            finished.add(FinishedStep.of(meter.count(doing.apply(evidence)), evidence));
        } catch (StageFault e) {
            finished.add(FinishedStep.of(meter.count(faulted.apply(e)), evidence));
            throw e;
        }
    }

    /** Keeps all steps that are known. */
    void keep() {
        while (kept < finished.size()) {
            finished.set(kept, store.keep(work, kept, finished.get(kept)));
            kept++;
        }
    }

    /** Keeps that the next step is a restart which ends this boot, before anybody asks for it. */
    void keepRestart(String boot) {
        finished.add(FinishedStep.restart(boot));
        keep();
    }

    /** The boot that a restart ends. */
    String boot(int step) {
        return Objects.requireNonNull(finished.get(step).boot(), "a restart names the boot that it ends");
    }

    /** Notes what came of a restart that is kept. */
    void complete(int step, SuiteResult result) {
        finished.set(
                step, new FinishedStep(result, boot(step), finished.get(step).evidence()));
    }

    /** What came of the steps. */
    List<SuiteResult> results() {
        return finished.stream()
                .map(FinishedStep::result)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Adds what is kept of each step. */
    void addTo(Evidence evidence) {
        finished.forEach(step -> evidence.add(step.evidence()));
    }

    /** Forgets what was kept beside the phase's own evidence, which has it now. */
    void close() {
        if (kept > 0) {
            store.remove(work, kept);
        }
    }
}
