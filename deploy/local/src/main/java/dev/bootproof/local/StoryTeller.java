package dev.bootproof.local;

import dev.bootproof.events.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a run to people: each fact once, as it becomes known. */
final class StoryTeller {
    private final Terminal terminal;
    private final Set<String> told = new LinkedHashSet<>();

    StoryTeller(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Tells what is new in this version of the story. */
    void tell(Story story) {
        once("run", "run      " + terminal.strong(story.runId()));
        tellOf("image", story.image());
        tellOf("digest", story.digest());
        story.stages().forEach(step -> tell(step, story.done()));
        if (story.verdict() != null && story.done()) {
            end(story, story.verdict());
        }
    }

    /** The line that changes: what works now and how long it has been at it. */
    String now(Story story, Instant now) {
        return story.step()
                .map(step -> "  %-15s %s".formatted(step.stage(), StoryWords.took(step.startedAt(), now)))
                .orElse("  waiting         " + StoryWords.seconds(story.age(now)));
    }

    private void tell(Story.Step step, boolean over) {
        if (step.startedAt() == null) {
            return;
        }
        String phase = step.phase() == 0 ? "" : " phase " + (step.phase() + 1);
        String key = step.stage() + step.phase();
        if (step.finishedAt() != null) {
            String line =
                    "  %-15s %s%s".formatted(step.stage(), StoryWords.took(step.startedAt(), step.finishedAt()), phase);
            once(key + "ended", line);
        } else if (!terminal.live() && !over) {
            once(key + "began", "  %-15s works%s".formatted(step.stage(), phase));
        }
    }

    private void end(Story story, Ending ending) {
        boolean several = ending.phases().size() > 1;
        ending.phases().forEach(phase -> tell(phase, several));
        once("verdict", sentence(ending) + terminal.quiet(" (" + StoryWords.seconds(story.age(Instant.EPOCH)) + ")"));
        tellOf("page", story.page());
        ending.phases().forEach(phase -> tellOf("evidence", phase.evidence()));
    }

    /** Tells that nobody works for the run, which may be for a reason. */
    void waits() {
        once("waits", "  not begun yet: the registry is slow to answer, or a part is down (./bootproof status)");
    }

    /** Whether the boot of this machine has been told. */
    boolean boots(URI machine) {
        return told.contains(machine.toString());
    }

    /** Tells how a machine booted, before the verdict says it. */
    void booted(URI machine, Ending.Phase boot) {
        told.add(machine.toString());
        boot(boot, boot.phase() == 0 ? "" : "phase " + (boot.phase() + 1) + ": ");
    }

    private void boot(Ending.Phase phase, String prefix) {
        if (!phase.milestones().isEmpty()) {
            once("boot" + phase.phase(), "  boot            " + prefix + StoryWords.milestones(phase.milestones()));
        }
    }

    private void tell(Ending.Phase phase, boolean several) {
        String prefix = several ? phase.name() + ": " : "";
        boot(phase, prefix);
        phase.suites().forEach(suite -> {
            once(
                    "suite" + phase.phase() + suite.name(),
                    "  suite           %s%s %s: %s"
                            .formatted(
                                    prefix,
                                    suite.name(),
                                    coloured(suite.verdict()),
                                    StoryWords.counts(suite.counts())));
            suite.failures()
                    .forEach(failure -> once(
                            "failure" + phase.phase() + suite.name() + failure.test(),
                            "    " + terminal.bad("✗") + " " + failure.test() + "  "
                                    + StoryWords.firstLine(failure.message())));
            forgiven(phase, suite);
        });
    }

    private void forgiven(Ending.Phase phase, Ending.Suite suite) {
        String key = phase.phase() + suite.name();
        suite.flaky().forEach(test -> once("flaky" + key + test, "    " + terminal.odd("~") + " " + test + "  flaky"));
        suite.known()
                .forEach(known -> once(
                        "known" + key + known.test(),
                        "    " + terminal.odd("!") + " " + known.test() + "  known: "
                                + StoryWords.firstLine(known.why())));
    }

    /** The verdict, which says in other words and another colour whether it is the image or the lab. */
    private String sentence(Ending ending) {
        String reason = ending.reason() == null ? "" : ": " + ending.reason();
        String told = coloured(ending.verdict()) + reason;
        return ending.verdict() == Verdict.ERRORED
                ? told + terminal.odd(" [the lab could not tell; this says nothing about the image]")
                : told;
    }

    /** How it ended, in a line. */
    String verdict(Story story) {
        return story.verdict() == null ? "" : sentence(story.verdict());
    }

    /** What else is to be known of a run in a list: tests that do not count fully, and whether it is kept. */
    String beside(Story story, Instant now) {
        List<String> parts = new ArrayList<>();
        if (story.phases() > 1) {
            parts.add(story.phases() + " phases");
        }
        if (story.verdict() != null && story.verdict().counts() != null) {
            StoryWords.add(parts, story.verdict().counts().flaky(), "flaky");
            StoryWords.add(parts, story.verdict().counts().known(), "known to fail");
        }
        story.keptUntil(now).ifPresent(until -> parts.add("kept until " + Kept.clock(until, now)));
        return parts.isEmpty() ? "" : terminal.quiet("  (" + String.join(", ", parts) + ")");
    }

    /** One word for how a run is, as wide as the widest. */
    String word(Story story) {
        if (story.verdict() == null || !story.done()) {
            return "running";
        }
        Verdict verdict = story.verdict().verdict();
        return coloured(verdict)
                + " ".repeat("errored".length() - verdict.word().length());
    }

    private String coloured(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> terminal.good("passed");
            case FAILED -> terminal.bad("failed");
            case ERRORED -> terminal.odd("errored");
            case SKIPPED -> terminal.quiet("skipped");
        };
    }

    private void tellOf(String name, @Nullable String value) {
        if (value != null) {
            once(name + value, "%-8s %s".formatted(name, value));
        }
    }

    private void once(String key, String line) {
        if (told.add(key)) {
            terminal.line(line);
        }
    }
}
