package dev.bootproof.publisher;

import dev.bootproof.publisher.RunStory.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The stages of a run as bars over one axis from being asked for to the verdict. */
final class Timeline {
    private static final double WHOLE = 1000;
    private static final int SLIVER = 4;

    private Timeline() {}

    /**
     * A stage.
     *
     * @param label its name, and the phase where there are several
     * @param seconds how long it worked
     * @param x where it begins, in thousandths
     * @param width how long it is, in thousandths
     * @param style the class in the style sheet
     */
    record Bar(String label, String seconds, int x, int width, String style) {}

    static List<Bar> bars(RunStory story, Instant now) {
        Instant end = story.finishedAt() == null ? now : story.finishedAt();
        double total = Math.max(1, Duration.between(story.startedAt(), end).toMillis());
        boolean phases = story.stages().stream().anyMatch(stage -> stage.phase() > 0);
        return story.stages().stream()
                .map(stage -> bar(stage, story.startedAt(), end, total, phases))
                .toList();
    }

    private static Bar bar(StageTime stage, Instant start, Instant end, double total, boolean phases) {
        Instant stageEnd = stage.finishedAt() == null ? end : stage.finishedAt();
        Duration worked = Duration.between(stage.startedAt(), stageEnd);
        double before = Duration.between(start, stage.startedAt()).toMillis();
        int x = (int) Math.clamp(WHOLE * before / total, 0, WHOLE - SLIVER);
        int width = (int) Math.clamp(WHOLE * worked.toMillis() / total, SLIVER, WHOLE - x);
        String name = stage.stage().word();
        return new Bar(
                phases ? name + " " + stage.phase() : name,
                Spoken.duration(worked),
                x,
                width,
                stage.finishedAt() == null ? name + " open" : name);
    }
}
