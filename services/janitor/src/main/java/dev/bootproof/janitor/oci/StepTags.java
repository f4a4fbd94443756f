package dev.bootproof.janitor.oci;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.janitor.FinishedSteps;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import io.quarkus.logging.Log;
import java.util.Optional;

/**
 * Finished steps as tags of the evidence repository. Of a plan whose machines forget nothing there are none, and the
 * registry is not asked.
 *
 * <p>Failure: a registry that is away is to be asked again; one that does not delete keeps them, small and unread.
 */
final class StepTags implements FinishedSteps {
    private final Registry registry;
    private final Optional<ImageRef> repository;

    StepTags(Registry registry, Optional<ImageRef> repository) {
        this.registry = registry;
        this.repository = repository;
    }

    @Override
    public boolean remove(RunId run, Pins pins) {
        return repository
                .filter(_ -> kept(pins.plan()))
                .map(place -> remove(place, run, pins.plan()))
                .orElse(true);
    }

    private static boolean kept(Plan plan) {
        return plan.isolation() != Isolation.SHARED || plan.phases().stream().anyMatch(StepTags::restarts);
    }

    private static boolean restarts(PhasePlan phase) {
        return phase.suites().stream().anyMatch(step -> step.kind() == Step.REBOOT);
    }

    private boolean remove(ImageRef place, RunId run, Plan plan) {
        try {
            for (int phase = 0; phase < plan.phases().size(); phase++) {
                int steps = plan.phases().get(phase).suites().size();
                for (int step = 0; step < steps; step++) {
                    registry.delete(place.tagged(Names.evidenceTag(run, phase) + "-s" + step));
                }
            }
            return true;
        } catch (RegistryException e) {
            return stays(run, e);
        }
    }

    private static boolean stays(RunId run, RegistryException e) {
        return switch (e.kind()) {
            case UNAVAILABLE -> {
                Log.warnf("finished steps are to be removed when the registry answers: %s runId=%s", e, run);
                yield false;
            }
            case REFUSED, NOT_FOUND, MISMATCH -> {
                Log.infof("finished steps stay in the registry: %s runId=%s", e.getMessage(), run);
                yield true;
            }
        };
    }
}
