package dev.bootproof.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bootproof.events.EventJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how the lab is.
 *
 * @param terminal where it is said
 */
record Report(Terminal terminal) {
    /** After a start: the parts, and what to do next. */
    void up(Lab lab, Duration took) {
        table(PartStatus.all(lab));
        LabState state = lab.state();
        if (state.processes().size() < Part.values().length) {
            return;
        }
        terminal.line("");
        terminal.line("the lab is up after " + StoryWords.seconds(took) + ", in "
                + lab.home().directory());
        terminal.line("its runs:   http://" + state.address(Part.PUBLISHER) + "/");
        terminal.line("fire a run: echo '{\"image\":\"" + state.address(Part.REGISTRY)
                + "/demo-os:latest\"}' | kcat -P -b " + state.address(Part.BROKER) + " -t digest-changed");
    }

    /** On request. */
    void status(Lab lab, List<PartStatus> parts, Output output) {
        Path home = lab.home().directory();
        if (output == Output.JSON) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("home", home.toString());
            all.put("ready", parts.stream().allMatch(PartStatus::ready));
            all.put("parts", parts);
            json(terminal, all);
            return;
        }
        if (parts.stream().allMatch(part -> part.pid() == null)) {
            terminal.line("the lab is not up: run ./bootproof up (its directory is " + home + ")");
            return;
        }
        table(parts);
    }

    private void table(List<PartStatus> parts) {
        parts.forEach(part -> terminal.line("  %-15s %s %-16s %7s  %s"
                .formatted(
                        part.part(),
                        coloured("%-8s".formatted(part.state())),
                        part.address() == null ? "" : part.address(),
                        part.pid() == null ? "" : part.pid(),
                        terminal.quiet(part.log()))));
    }

    private String coloured(String state) {
        return state.startsWith(PartStatus.READY) ? terminal.good(state) : terminal.bad(state);
    }

    /** A value as JSON, for programs and for people who look over their shoulder. */
    static void json(Terminal terminal, Object value) {
        try {
            terminal.out()
                    .println(EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of our own could not be written as JSON", e);
        }
    }
}
