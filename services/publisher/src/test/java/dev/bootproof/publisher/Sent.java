package dev.bootproof.publisher;

import dev.bootproof.events.Change;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskInputs;
import dev.bootproof.events.DiskReady;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SshAddress;
import dev.bootproof.events.Stage;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.Target;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import dev.bootproof.events.VmReady;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events about one run, as stages send them.
 *
 * @param run the run
 * @param image what is tested, with its digest
 * @param start when it began
 * @param targets who is told of its verdict
 * @param change what the image was made from
 */
record Sent(
        RunId run,
        ImageRef image,
        Instant start,
        List<Target> targets,
        @Nullable Change change) {
    Sent(RunId run, ImageRef image, Instant start) {
        this(run, image, start, List.of(), null);
    }

    static Sent about(String run, ImageRef image) {
        return new Sent(new RunId(run), image, Instant.parse("2026-11-20T08:00:00Z"));
    }

    Sent from(Instant other) {
        return new Sent(run, image, other, targets, change);
    }

    Sent telling(@Nullable Change of, Target... others) {
        return new Sent(run, image, start, List.of(others), of);
    }

    Digest digest() {
        if (image.digest() == null) {
            throw new IllegalStateException("the image of a test is pinned");
        }
        return image.digest();
    }

    CleanupDue line(CleanupDue.State state, Stage by, long second, String... removed) {
        return new CleanupDue(
                run, state, start.plusSeconds(600), by, 0, start.plusSeconds(second), pins(), List.of(removed));
    }

    DiskReady diskReady() {
        return new DiskReady(run, 0, inputs(), List.of());
    }

    VmReady vmReady(URI machine) {
        SshAddress ssh = new SshAddress("127.0.0.1", 2222, "root");
        return new VmReady(run, 0, inputs(), List.of(), ssh, machine, "sshd enabled by the image", milestones());
    }

    TestsDone passed() {
        SuiteResult suite = suite(Verdict.PASSED, new Counts(12, 0, 1, 0, 0), List.of());
        return done(Verdict.PASSED, null, "booted and passed 12 tests in 1 suite", List.of(suite), null);
    }

    TestsDone failed(String test, String message, @Nullable ImageRef evidence) {
        SuiteResult suite =
                suite(Verdict.FAILED, new Counts(10, 1, 1, 1, 1), List.of(new SuiteResult.Failure(test, message)));
        return done(Verdict.FAILED, Fault.SUITE_FAILED, "1 of 11 tests failed: " + test, List.of(suite), evidence);
    }

    /** A verdict with these suites, whose evidence lies there. */
    TestsDone ended(Verdict verdict, ImageRef evidence, SuiteResult... suites) {
        Fault fault = verdict == Verdict.FAILED ? Fault.SUITE_FAILED : null;
        return done(verdict, fault, "what the suites found", List.of(suites), evidence);
    }

    TestsDone errored(Fault fault, String why) {
        return done(fault.verdict(), fault, fault.sentence(why), List.of(), null);
    }

    /** The same, of the lab's canary. */
    static TestsDone asCanary(TestsDone done) {
        return new TestsDone(
                done.runId(),
                done.image(),
                done.digest(),
                done.platformDigest(),
                done.plan(),
                done.stream(),
                done.generation(),
                done.verdict(),
                done.stage(),
                done.fault(),
                done.reason(),
                done.counts(),
                done.phases(),
                done.finishedAt(),
                done.change(),
                true);
    }

    private TestsDone done(
            Verdict verdict,
            @Nullable Fault fault,
            String reason,
            List<SuiteResult> suites,
            @Nullable ImageRef evidence) {
        Counts counts = suites.stream().map(SuiteResult::counts).reduce(Counts.NONE, Counts::plus);
        List<PhaseResult> phases = suites.isEmpty()
                ? List.of()
                : List.of(new PhaseResult(0, "boot", "sshd enabled by the image", milestones(), suites, evidence));
        return new TestsDone(
                run,
                image.tagged("testing"),
                image.digest(),
                image.digest(),
                "demo",
                null,
                null,
                verdict,
                Stage.TEST_RUNNER,
                fault,
                reason,
                counts,
                phases,
                start.plusSeconds(13));
    }

    private static SuiteResult suite(Verdict verdict, Counts counts, List<SuiteResult.Failure> failures) {
        return new SuiteResult("system", Digest.of("suite"), verdict, counts, Duration.ofMillis(2300), failures);
    }

    private List<Milestone> milestones() {
        return List.of(
                new Milestone(Milestone.Name.STARTED, start.plusMillis(3100)),
                new Milestone(Milestone.Name.KERNEL, start.plusMillis(3900)),
                new Milestone(Milestone.Name.USERSPACE, start.plusMillis(6200)),
                new Milestone(Milestone.Name.TARGET, start.plusMillis(8700)),
                new Milestone(Milestone.Name.SSHD, start.plusMillis(9400)));
    }

    private DiskInputs inputs() {
        return new DiskInputs(digest(), image, recipe(), "1");
    }

    private static Recipe recipe() {
        return new Recipe("rootfs", "ext4", 4096, List.of("console=ttyS0"));
    }

    private Pins pins() {
        List<SuitePlan> suites = List.of(new SuitePlan("system", Duration.ofMinutes(2)));
        PhasePlan phase = new PhasePlan("boot", 1024, 2, Duration.ofMinutes(2), suites);
        Plan plan = new Plan(
                "demo",
                recipe(),
                List.of(phase),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                List.of(),
                null,
                null,
                null,
                targets);
        return new Pins(image.tagged("testing"), digest(), digest(), plan, null, null, Trigger.MANUAL, change, null);
    }
}
