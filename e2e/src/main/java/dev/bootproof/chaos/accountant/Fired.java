package dev.bootproof.chaos.accountant;

import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that the storm's driver wrote: a line of {@code fired.jsonl}.
 *
 * @param at when
 * @param run the run that it is, where the driver can tell
 * @param image the image
 * @param plan the plan
 * @param stream the stream, where it was fired by way of one
 * @param mayEnd the verdicts that tell the truth about it; none where any does
 */
public record Fired(
        Instant at,
        @Nullable RunId run,
        @Nullable String image,
        @Nullable String plan,
        @Nullable String stream,
        List<Verdict> mayEnd) {
    public Fired {
        mayEnd = mayEnd == null ? List.of() : List.copyOf(mayEnd);
    }
}
