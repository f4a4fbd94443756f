package dev.bootproof.local;

import dev.bootproof.events.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How counts, times and boots are put in words. */
final class StoryWords {
    private StoryWords() {}

    static String milestones(List<Ending.Mark> marks) {
        Instant start = marks.getFirst().at();
        return marks.stream()
                .skip(1)
                .map(mark -> mark.name() + " " + seconds(Duration.between(start, mark.at())))
                .collect(Collectors.joining(", "));
    }

    static String counts(@Nullable Counts counts) {
        if (counts == null) {
            return "no tests";
        }
        List<String> parts = new ArrayList<>(List.of(counts.passed() + " passed"));
        add(parts, counts.failed(), "failed");
        add(parts, counts.skipped(), "skipped");
        add(parts, counts.flaky(), "flaky");
        add(parts, counts.known(), "known to fail");
        return String.join(", ", parts);
    }

    static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    static String took(@Nullable Instant from, Instant to) {
        return from == null ? "" : seconds(Duration.between(from, to));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
