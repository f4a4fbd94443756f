package dev.bootproof.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs on a screen: a line for each that goes on, and a line once for each verdict. */
final class WatchBoard {
    private final Terminal terminal;
    private final Map<String, String> told = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private boolean begun;

    WatchBoard(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * A run on the board.
     *
     * @param run its name
     * @param what what is done for it now, and how far that is
     * @param took how long that takes already
     * @param age how long the run takes already
     * @param image what is tested
     */
    record Row(String run, String what, String took, String age, String image) {
        private String line() {
            return "%-40s  %-34s %8s  %8s  %s"
                    .formatted(run, what, took, age, image)
                    .stripTrailing();
        }
    }

    /** Shows this state of all runs. */
    void show(List<Story> stories, Map<String, String> milestones, Instant now) {
        List<String> news = new ArrayList<>();
        stories.reversed().stream()
                .filter(story -> story.done() && ended.add(story.runId()) && begun)
                .forEach(story -> news.add(verdict(story)));
        List<Row> rows = stories.reversed().stream()
                .flatMap(story -> row(story, milestones, now).stream())
                .toList();
        if (terminal.live()) {
            terminal.lines(news, rows.isEmpty() ? List.of("no run goes on") : lines(rows));
        } else {
            news.forEach(terminal::line);
            rows.forEach(row -> change(row, now));
            if (!begun && rows.isEmpty()) {
                terminal.line("no run goes on");
            }
        }
        begun = true;
    }

    /** The lab does not answer; what was shown stays as it is. */
    void interrupted(Trouble trouble) {
        String sentence = String.valueOf(trouble.getMessage());
        if (terminal.live()) {
            terminal.lines(List.of(), List.of(terminal.bad(sentence) + ", trying again"));
        } else if (!sentence.equals(told.put("", sentence))) {
            terminal.line(sentence + ", trying again");
        }
    }

    private static List<String> lines(List<Row> rows) {
        return rows.stream().map(Row::line).toList();
    }

    private void change(Row row, Instant now) {
        if (!row.what().equals(told.put(row.run(), row.what()))) {
            terminal.line(Kept.clock(now, now) + "  " + row.line());
        }
    }

    private String verdict(Story story) {
        StoryTeller teller = new StoryTeller(terminal);
        return "%-40s  %s  %s".formatted(story.runId(), teller.verdict(story), story.image());
    }

    /** The run's line; none where nothing of it is left. */
    static Optional<Row> row(Story story, Map<String, String> milestones, Instant now) {
        if (story.done()) {
            return kept(story, now)
                    .map(what -> new Row(story.runId(), what, "", StoryWords.seconds(story.age(now)), text(story)));
        }
        Optional<Story.Step> step = story.step();
        String what = step.map(working -> what(story, working, milestones)).orElse("waiting");
        String took = step.map(Story.Step::startedAt)
                .map(since -> StoryWords.seconds(Duration.between(since, now)))
                .orElse("");
        return Optional.of(new Row(story.runId(), what, took, StoryWords.seconds(story.age(now)), text(story)));
    }

    private static Optional<String> kept(Story story, Instant now) {
        if (story.released() || story.lease() == null) {
            return Optional.empty();
        }
        return Optional.of(story.keptUntil(now)
                .map(until -> "kept until " + Kept.clock(until, now))
                .orElse("cleaning up"));
    }

    private static String what(Story story, Story.Step step, Map<String, String> milestones) {
        String phase = story.phases() > 1 || step.phase() > 0 ? " phase " + (step.phase() + 1) : "";
        String reached = step.stage().equals(Part.VM_PROVISIONER.word())
                ? milestones.getOrDefault(MachinesView.key(story.runId(), step.phase()), "")
                : "";
        return step.stage() + phase + (reached.isEmpty() ? "" : ": " + reached);
    }

    private static String text(Story story) {
        return story.image() == null ? "" : story.image();
    }
}
