package dev.bootproof.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one phase.
 *
 * @param phase which phase, from 0
 * @param name the phase's name in the plan
 * @param wayIn how the lab got in, or null where it did not
 * @param milestones how far the boot came, and when
 * @param suites what the suites found
 * @param evidence the artifact with console, journal, screenshot and raw results, by digest; null where none was kept
 */
public record PhaseResult(
        int phase,
        String name,
        @Nullable String wayIn,
        List<Milestone> milestones,
        List<SuiteResult> suites,
        @Nullable ImageRef evidence) {
    public PhaseResult {
        Required.fields("name", name, "milestones", milestones, "suites", suites);
        milestones = List.copyOf(milestones);
        suites = List.copyOf(suites);
    }

    /** The same, with its evidence stored. */
    public PhaseResult withEvidence(ImageRef stored) {
        return new PhaseResult(phase, name, wayIn, milestones, suites, stored);
    }
}
