package dev.bootproof.local;

import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fires another run of the same digest under the same plan. */
@Command(
        name = "rerun",
        description = {
            "Test the same digest under the same plan once more, and follow the new run to its verdict.",
            "The verdict of the run before stays what it is."
        })
final class RerunCommand implements Callable<Integer> {
    /** The lab's own suite, which no plan names. */
    private static final String CONSOLE = "console";

    private final Lab lab;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = KnownRuns.NAME, completionCandidates = KnownRuns.Names.class)
    private String run = "";

    @Option(names = "--failed", description = "Only the suites that did not pass.")
    private boolean failed;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Keep the new machine so long after the verdict, as in 30m.")
    private @Nullable Duration keep;

    @Option(names = "--no-follow", description = "Print the new run's name and return.")
    private boolean silent;

    RerunCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LabState state = lab.running();
        Story story = new KnownRuns(lab).story(new KnownRuns(lab).run(run));
        Optional<DigestChanged> asked = asked(state, new RunId(story.runId()));
        List<String> suites =
                failed ? failed(story) : asked.map(DigestChanged::suites).orElse(null);
        return new Runs(lab, terminal).run(again(story, asked.orElse(null), suites, keep), silent);
    }

    /**
     * The event that tests all of a run once more.
     *
     * @throws Trouble where nothing is known that could be tested
     */
    static DigestChanged again(Lab lab, Story story) {
        DigestChanged asked = asked(lab.running(), new RunId(story.runId())).orElse(null);
        return again(story, asked, asked == null ? null : asked.suites(), null);
    }

    private static DigestChanged again(
            Story story, @Nullable DigestChanged asked, @Nullable List<String> suites, @Nullable Duration keep) {
        if (story.image() == null || story.digest() == null) {
            throw Trouble.usage(
                    story.runId() + " has no digest: it ended before one was known",
                    "./bootproof run IMAGE tests what its tag says now");
        }
        try {
            return new DigestChanged(
                    ImageRef.parse(story.image()),
                    new Digest(story.digest()),
                    story.plan(),
                    null,
                    null,
                    Trigger.MANUAL,
                    asked == null ? null : asked.change(),
                    keep,
                    suites);
        } catch (MalformedEvent e) {
            throw Trouble.usage(String.valueOf(e.getMessage()), "nothing was sent");
        }
    }

    /**
     * The suites that did not pass, by their names; a suite of several phases runs in all of them. An accident on the
     * console is no one suite's, so after one all of them run.
     */
    static List<String> failed(Story story) {
        if (!story.done() || story.verdict() == null) {
            throw Trouble.usage(story.runId() + " goes on", "wait for its verdict, or leave out --failed");
        }
        List<Ending.Suite> all = story.verdict().phases().stream()
                .flatMap(phase -> phase.suites().stream())
                .toList();
        List<String> failed = names(
                all.stream().filter(suite -> suite.verdict() == Verdict.FAILED || suite.verdict() == Verdict.ERRORED));
        if (failed.contains(CONSOLE)) {
            return names(all.stream().filter(suite -> !suite.name().equals(CONSOLE)));
        }
        if (failed.isEmpty()) {
            throw Trouble.usage("no suite of " + story.runId() + " failed", "leave out --failed to run all of them");
        }
        return failed;
    }

    private static List<String> names(Stream<Ending.Suite> suites) {
        return suites.map(Ending.Suite::name).distinct().toList();
    }

    /** What was asked for then, while the bus still has it: it may have been some of the suites only. */
    private static Optional<DigestChanged> asked(LabState state, RunId run) {
        return new BusScan(state.address(Part.BROKER))
                .all(Topic.DIGEST_CHANGED, entry -> event(entry, run)).stream().findFirst();
    }

    private static Optional<DigestChanged> event(ConsumerRecord<String, byte[]> entry, RunId run) {
        if (entry.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventJson.read(entry.value(), DigestChanged.class))
                    .filter(event -> event.runId(entry.partition(), entry.offset(), entry.timestamp())
                            .equals(run));
        } catch (MalformedEvent e) {
            return Optional.empty();
        }
    }
}
