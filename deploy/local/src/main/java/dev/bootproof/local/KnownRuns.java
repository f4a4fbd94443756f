package dev.bootproof.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.RunId;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The runs that the lab knows, by names that people write.
 *
 * @param lab the lab
 */
record KnownRuns(Lab lab) {
    /** What a person may write for a run. */
    static final String NAME = "its name, or how it begins or ends";

    private static final int ALL = 1000;

    /** The newest runs, newest first. */
    List<Story> newest(int limit) {
        return stories(publisher().get("/api/runs?limit=" + limit));
    }

    /** The one run whose name is this, or begins or ends so; the name itself where no known run is called so. */
    String whole(String name) {
        List<String> known = newest(ALL).stream().map(Story::runId).toList();
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

    /**
     * The run of this name.
     *
     * @throws Trouble where there is none
     */
    RunId run(String name) {
        String whole = RunId.isOne(name) ? name : whole(name);
        if (!RunId.isOne(whole)) {
            throw Trouble.usage("the lab knows no run \"" + name + "\"", "./bootproof runs lists what it knows");
        }
        return new RunId(whole);
    }

    /** What is told of this run. */
    Story story(RunId run) {
        return story(publisher().get("/api/runs/" + run));
    }

    private PublisherClient publisher() {
        return PublisherClient.of(lab.running());
    }

    static List<Story> stories(JsonNode runs) {
        return StreamSupport.stream(runs.spliterator(), false)
                .map(KnownRuns::story)
                .toList();
    }

    static Story story(JsonNode run) {
        return EventJson.mapper().convertValue(run, Story.class);
    }

    /** What a shell puts the names of runs in for: they are asked for when a person presses the key. */
    static final class Names implements Iterable<String> {
        static final String HERE = "NAMES_OF_RUNS";

        @Override
        public Iterator<String> iterator() {
            return List.of(HERE).iterator();
        }
    }
}
