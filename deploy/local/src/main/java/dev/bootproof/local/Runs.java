package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fires, follows and lists runs.
 *
 * @param lab the lab
 * @param terminal where it is told
 */
record Runs(Lab lab, Terminal terminal) {
    private static final Duration APPEARS = Duration.ofSeconds(15);

    /** Publishes the demo OS and follows the run that the push fires. */
    int demo(boolean silent) {
        Instant since = lab.clock().instant();
        Digest digest = new Demo(lab, terminal).publish();
        terminal.line("  published " + digest);
        return silent ? 0 : follow("digest=" + digest, digest.value(), since).exitCode();
    }

    /** Fires a run and follows it. */
    int run(DigestChanged event, boolean silent) {
        LabState state = lab.running();
        Instant since = lab.clock().instant();
        RunId run = new Fire(state.address(Part.BROKER)).send(event);
        if (silent) {
            terminal.line(run.value());
            return 0;
        }
        Verdict verdict = follow("run=" + run, event.image().toString(), since);
        if (event.keep() != null && verdict != Verdict.SKIPPED) {
            new Kept(lab, terminal).tell(run);
        }
        return verdict.exitCode();
    }

    private Verdict follow(String query, String wanted, Instant since) {
        PublisherClient publisher = PublisherClient.of(lab.running());
        return new Follow(publisher, terminal, lab.clock())
                .toTheEnd(query, APPEARS)
                .map(Ending::verdict)
                .orElseThrow(() -> new Silence(lab).explain(wanted, since));
    }

    /** Lists the newest runs. */
    int list(int limit, Output output) {
        JsonNode runs = publisher().get("/api/runs?limit=" + limit);
        if (output == Output.JSON) {
            Report.json(terminal, runs);
            return 0;
        }
        List<Story> stories = KnownRuns.stories(runs).stream().limit(limit).toList();
        if (stories.isEmpty()) {
            terminal.line("no runs yet: publish into a watched stream, or ./bootproof run IMAGE");
        }
        stories.forEach(story -> terminal.line(row(story)));
        return 0;
    }

    private String row(Story story) {
        StoryTeller teller = new StoryTeller(terminal);
        String row = "%-40s  %s  %8s  %s"
                .formatted(
                        story.runId(),
                        teller.word(story),
                        StoryWords.seconds(story.age(lab.clock().instant())),
                        text(story.image()));
        return row + teller.beside(story, lab.clock().instant());
    }

    /** Lists the events that nobody understood. */
    int rejected(int limit, Output output) {
        JsonNode rejected = publisher().get("/api/rejected");
        if (output == Output.JSON) {
            Report.json(terminal, rejected);
            return 0;
        }
        if (rejected.isEmpty()) {
            terminal.line("nothing was rejected");
        }
        StreamSupport.stream(rejected.spliterator(), false)
                .limit(limit)
                .forEach(event -> terminal.line("%s  %s  %s"
                        .formatted(
                                event.path("at").asText(),
                                event.path("topic").asText(),
                                Escaped.line(event.path("reason").asText()))));
        return 0;
    }

    /** Shows one run. */
    int show(String name, Output output) {
        JsonNode run = publisher().get("/api/runs/" + PublisherClient.encoded(new KnownRuns(lab).whole(name)));
        if (output == Output.JSON) {
            Report.json(terminal, run);
            return 0;
        }
        StoryTeller teller = new StoryTeller(terminal);
        Story story = KnownRuns.story(run);
        teller.tell(story);
        if (!story.done()) {
            terminal.line(teller.now(story, lab.clock().instant()));
        }
        if (story.keptUntil(lab.clock().instant()).isPresent()) {
            new Kept(lab, terminal).tell(story);
        }
        return 0;
    }

    private PublisherClient publisher() {
        return PublisherClient.of(lab.running());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
