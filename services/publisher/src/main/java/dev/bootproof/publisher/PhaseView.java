package dev.bootproof.publisher;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.SuiteResult;
import java.time.Duration;
import java.util.List;

/**
 * A phase, as people read it.
 *
 * @param result the phase
 * @param milestones how far the boot came
 * @param suites what the suites found
 * @param shown what of its evidence is shown
 */
record PhaseView(PhaseResult result, List<Reached> milestones, List<Suite> suites, Shown shown) {
    /**
     * A milestone.
     *
     * @param name what was reached
     * @param after how long after the machine's start
     */
    record Reached(String name, String after) {}

    /**
     * A suite.
     *
     * @param name its name
     * @param look how it ended
     * @param counts how its tests went
     * @param took how long it took
     * @param failures the first failed tests
     */
    record Suite(String name, Look look, Counts counts, String took, List<SuiteResult.Failure> failures) {}

    /**
     * Evidence.
     *
     * @param screenshot whether there is a picture
     * @param files all files
     * @param console the console's last lines; empty where none were kept
     * @param problem why it cannot be shown; empty where it can
     */
    record Shown(boolean screenshot, List<KeptFile> files, String console, String problem) {}

    /**
     * A file of the evidence.
     *
     * @param name its name
     * @param size its size
     */
    record KeptFile(String name, String size) {}

    static PhaseView of(PhaseResult result, Shown shown) {
        List<Reached> milestones = result.milestones().stream()
                .map(milestone -> reached(milestone, result.milestones().getFirst()))
                .toList();
        List<Suite> suites = result.suites().stream()
                .map(suite -> new Suite(
                        suite.name(),
                        Look.of(suite.verdict()),
                        suite.counts(),
                        Spoken.duration(suite.duration()),
                        suite.failures()))
                .toList();
        return new PhaseView(result, milestones, suites, shown);
    }

    private static Reached reached(Milestone milestone, Milestone first) {
        return new Reached(milestone.name().word(), Spoken.duration(Duration.between(first.at(), milestone.at())));
    }
}
