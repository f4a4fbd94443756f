package dev.bootproof.testrunner;

import dev.bootproof.events.Medium;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Sample;
import dev.bootproof.events.SuitePlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * When files of the image can be compared with those of a machine: while it runs from the image's own disk, and before
 * any command could have put another system there, as {@code bootc switch} does.
 */
final class SampleRule {
    private SampleRule() {}

    /** The files to compare when this step of the phase is about to begin; none where nothing can be said. */
    static List<Sample> before(PhaseWork work, int step) {
        List<PhasePlan> phases = work.pins().plan().phases();
        Stream<SuitePlan> earlier = phases.stream().limit(work.number()).flatMap(phase -> phase.suites().stream());
        Stream<SuitePlan> done =
                Stream.concat(earlier, work.plan().suites().stream().limit(step));
        boolean changed = done.anyMatch(plan -> plan.kind() == SuitePlan.Step.COMMAND);
        return changed || !runsTheImage(work.plan()) ? List.of() : work.event().samples();
    }

    private static boolean runsTheImage(PhasePlan phase) {
        return phase.definition().media().stream()
                .filter(medium -> medium.drive() == Medium.Drive.DISK)
                .findFirst()
                .map(medium -> medium.disk().equals(Medium.IMAGE))
                .orElse(false);
    }
}
