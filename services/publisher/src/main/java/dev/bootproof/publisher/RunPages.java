package dev.bootproof.publisher;

import dev.bootproof.events.MachinePlan;
import dev.bootproof.events.Milestone;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.Plan;
import dev.bootproof.events.SuiteResult;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.publisher.PhaseView.KeptFile;
import dev.bootproof.publisher.PhaseView.Shown;
import dev.bootproof.publisher.RunStory.LeaseTime;
import dev.bootproof.registry.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the page of a run from its story and its evidence. */
@ApplicationScoped
class RunPages {
    private static final String CONSOLE = "console.log";
    /** The suite that every phase has without being asked for. */
    private static final String WATCH = "console";

    private static final String NOTES = "console/notes.txt";

    private final Evidence evidence;

    RunPages(Evidence evidence) {
        this.evidence = evidence;
    }

    RunPage of(RunStory story, Instant now) {
        TestsDone done = story.testsDone();
        List<PhaseResult> phases = done == null ? List.of() : done.phases();
        LeaseTime lease = story.lease();
        return new RunPage(
                RunRow.of(story, now),
                story,
                story.machine() != null,
                Timeline.bars(story, now),
                phases.stream().map(phase -> phase(phase, story.resolved())).toList(),
                story.targets().stream()
                        .map(target -> TargetView.of(target, now))
                        .toList(),
                gate(done),
                lease == null ? "" : sentence(lease, now),
                lease == null ? List.of() : lease.removed());
    }

    /** The command that asks whether the image may pass; empty where no signed verdict is there. */
    private static String gate(@Nullable TestsDone done) {
        if (done == null
                || done.digest() == null
                || done.verdict() == Verdict.ERRORED
                || done.verdict() == Verdict.SKIPPED) {
            return "";
        }
        String suites = done.phases().stream()
                .flatMap(phase -> phase.suites().stream())
                .map(SuiteResult::name)
                .filter(name -> !name.equals(WATCH))
                .distinct()
                .map(name -> " --suite " + name)
                .collect(Collectors.joining());
        return "./bootproof verify " + done.image().at(done.digest()) + suites;
    }

    private PhaseView phase(PhaseResult phase, @Nullable Plan plan) {
        try {
            List<Evidence.Item> files = evidence.files(phase);
            return PhaseView.of(phase, machine(phase, plan), suites(phase, files), shown(phase, files));
        } catch (RegistryException e) {
            Shown nothing = new Shown(false, List.of(), "", "", String.valueOf(e.getMessage()));
            return PhaseView.of(phase, machine(phase, plan), suites(phase, List.of()), nothing);
        }
    }

    private static List<SuiteView> suites(PhaseResult phase, List<Evidence.Item> files) {
        return phase.suites().stream().map(suite -> SuiteView.of(suite, files)).toList();
    }

    private Shown shown(PhaseResult phase, List<Evidence.Item> files) {
        List<String> pictures = phase.suites().stream()
                .map(suite -> SuiteView.pictures(suite.name()))
                .toList();
        return new Shown(
                named(files, "screenshot.png").isPresent(),
                files.stream()
                        .filter(file -> pictures.stream().noneMatch(file.name()::startsWith))
                        .map(file -> new KeptFile(
                                file.name(),
                                file.path(),
                                Spoken.size(file.layer().size())))
                        .toList(),
                named(files, CONSOLE).map(evidence::tail).orElse(""),
                named(files, NOTES).map(evidence::tail).orElse(""),
                "");
    }

    private static Optional<Evidence.Item> named(List<Evidence.Item> files, String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** What the plan says of the machine, while it is known, and how long the boot took. */
    private static List<String> machine(PhaseResult phase, @Nullable Plan plan) {
        List<String> facts = new ArrayList<>();
        if (plan != null && phase.phase() < plan.phases().size()) {
            PhasePlan planned = plan.phases().get(phase.phase());
            MachinePlan machine = planned.definition();
            facts.add(Spoken.size((long) planned.memoryMiB() << 20));
            facts.add(planned.cpus() + (planned.cpus() == 1 ? " CPU" : " CPUs"));
            facts.add(
                    switch (machine.firmware()) {
                        case DIRECT -> "kernel booted directly";
                        case UEFI -> machine.secureBoot() ? "UEFI, Secure Boot" : "UEFI";
                        case BIOS -> "BIOS";
                    });
            if (machine.tpm()) {
                facts.add("TPM 2.0");
            }
        }
        boot(phase).ifPresent(time -> facts.add("up after " + Spoken.duration(time)));
        return facts;
    }

    private static Optional<Duration> boot(PhaseResult phase) {
        List<Milestone> reached = phase.milestones();
        return reached.size() < 2
                ? Optional.empty()
                : reached.stream()
                        .map(Milestone::at)
                        .max(Comparator.naturalOrder())
                        .map(last -> Duration.between(reached.getFirst().at(), last));
    }

    private static String sentence(LeaseTime lease, Instant now) {
        String until = Spoken.exact(lease.until());
        return switch (lease.state()) {
            case HELD -> "The run must be over by " + until + ".";
            case ENDED ->
                lease.until().isAfter(now)
                        ? "Its machines and disks are kept until " + until + "."
                        : "Its machines and disks are being removed.";
            case RELEASED -> "Nothing is left behind: all that was made for the run was gone at " + until + ".";
        };
    }
}
