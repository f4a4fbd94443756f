package dev.bootproof.publisher;

import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhaseResult;
import java.time.Duration;
import java.util.List;

/**
 * A phase, as people read it.
 *
 * @param result the phase
 * @param machine what it ran on, and how long it took to boot
 * @param milestones how far the boot came
 * @param suites what the suites found
 * @param shown what of its evidence is shown
 */
record PhaseView(
        PhaseResult result, List<String> machine, List<Reached> milestones, List<SuiteView> suites, Shown shown) {
    /**
     * A milestone.
     *
     * @param name what was reached
     * @param after how long after the machine's start
     */
    record Reached(String name, String after) {}

    /**
     * Evidence.
     *
     * @param screenshot whether there is a picture
     * @param files all files that are not shown as what they are
     * @param console the console's last lines; empty where none were kept
     * @param notes what stands out on the console; empty where nothing does
     * @param problem why it cannot be shown; empty where it can
     */
    record Shown(boolean screenshot, List<KeptFile> files, String console, String notes, String problem) {}

    /**
     * A file of the evidence.
     *
     * @param name its name
     * @param path its name in an address
     * @param size its size
     */
    record KeptFile(String name, String path, String size) {}

    static PhaseView of(PhaseResult result, List<String> machine, List<SuiteView> suites, Shown shown) {
        List<Reached> milestones = result.milestones().stream()
                .map(milestone -> reached(milestone, result.milestones().getFirst()))
                .toList();
        return new PhaseView(result, machine, milestones, suites, shown);
    }

    private static Reached reached(Milestone milestone, Milestone first) {
        return new Reached(milestone.name().word(), Spoken.duration(Duration.between(first.at(), milestone.at())));
    }
}
