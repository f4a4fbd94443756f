package dev.bootproof.testrunner;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Sample;
import java.time.Instant;
import java.util.List;

/**
 * What a suite is told about the run, as {@code context.json} in the guest.
 *
 * @param runId the run
 * @param image what was asked for
 * @param digest what the tag said
 * @param platformDigest what boots
 * @param disk the identity of the disk
 * @param plan the plan
 * @param phase which phase, from 0
 * @param phaseName the phase's name in the plan
 * @param samples files of the image and what is in them, where the machine is to have them
 * @param promises what the lab vouches for, as {@code isolated-network}
 * @param at the lab's clock when the suite was sent
 */
record SuiteContext(
        RunId runId,
        ImageRef image,
        Digest digest,
        Digest platformDigest,
        String disk,
        String plan,
        int phase,
        String phaseName,
        List<Sample> samples,
        List<String> promises,
        Instant at) {

    /** The context of a step of a phase, now; samples are those that can be compared then. */
    static SuiteContext of(PhaseWork work, int step, List<String> promises, Instant now) {
        Pins pins = work.pins();
        return new SuiteContext(
                work.runId(),
                pins.image(),
                pins.digest(),
                pins.platformDigest(),
                work.event().inputs().identity(),
                pins.plan().name(),
                work.number(),
                work.plan().name(),
                SampleRule.before(work, step),
                promises,
                now);
    }
}
