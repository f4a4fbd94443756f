package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
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
        return silent ? 0 : follow("digest=" + digest, digest.value(), since);
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
        return follow("run=" + run, event.image().toString(), since);
    }

    private int follow(String query, String wanted, Instant since) {
        PublisherClient publisher = PublisherClient.of(lab.running());
        return new Follow(publisher, terminal, lab.clock())
                .toTheEnd(query, APPEARS)
                .map(ending -> ending.verdict().exitCode())
                .orElseThrow(() -> new Silence(lab).explain(wanted, since));
    }

    /** Lists the newest runs. */
    int list(int limit, Output output) {
        JsonNode runs = publisher().get("/api/runs?limit=" + limit);
        if (output == Output.JSON) {
            Report.json(terminal, runs);
            return 0;
        }
        List<Story> stories = stories(runs).stream().limit(limit).toList();
        if (stories.isEmpty()) {
            terminal.line("no runs yet: publish into a watched stream, or ./bootproof run IMAGE");
        }
        stories.forEach(story -> terminal.line("%-40s  %s  %8s  %s"
                .formatted(
                        story.runId(),
                        new StoryTeller(terminal).word(story),
                        StoryTeller.seconds(story.age(lab.clock().instant())),
                        text(story.image()))));
        return 0;
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
                                event.path("reason").asText())));
        return 0;
    }

    /** Shows one run. */
    int show(String name, Output output) {
        JsonNode run = publisher().get("/api/runs/" + PublisherClient.encoded(whole(name)));
        if (output == Output.JSON) {
            Report.json(terminal, run);
            return 0;
        }
        StoryTeller teller = new StoryTeller(terminal);
        Story story = story(run);
        teller.tell(story);
        if (!story.done()) {
            terminal.line(teller.now(story, lab.clock().instant()));
        }
        return 0;
    }

    /** The one run whose name is this, or begins or ends so. */
    private String whole(String name) {
        List<String> known = stories(publisher().get("/api/runs?limit=1000")).stream()
                .map(Story::runId)
                .toList();
        if (known.contains(name)) {
            return name;
        }
        List<String> matching = known.stream()
                .filter(run -> run.startsWith(name) || run.endsWith(name))
                .toList();
        if (matching.size() > 1) {
            throw Trouble.usage("\"" + name + "\" could be " + String.join(" or ", matching), "write more of it");
        }
        return matching.isEmpty() ? name : matching.getFirst();
    }

    private PublisherClient publisher() {
        return PublisherClient.of(lab.running());
    }

    private static List<Story> stories(JsonNode runs) {
        return StreamSupport.stream(runs.spliterator(), false).map(Runs::story).toList();
    }

    private static Story story(JsonNode run) {
        return EventJson.mapper().convertValue(run, Story.class);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
