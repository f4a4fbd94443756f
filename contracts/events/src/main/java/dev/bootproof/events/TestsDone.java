package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. The first of a run in its partition is its verdict; everyone folds so.
 *
 * @param runId the run
 * @param image what was asked for
 * @param digest what the tag said, where it could be resolved: the verdict hangs here
 * @param platformDigest what was to boot, where it could be resolved
 * @param plan the name of the plan, where it could be resolved
 * @param stream the stream, where the poller fired the run
 * @param generation the stream's generation, where the poller fired the run
 * @param verdict how it ended
 * @param stage the stage that ended it
 * @param fault the row of the fault table; null for {@code passed}
 * @param reason one publishable sentence
 * @param counts all tests together
 * @param phases what came of each phase that began
 * @param finishedAt when it was decided
 * @param change the change of source code that the image was made from, where it is known
 * @param canary whether the run was to tell how the lab is, not the image
 */
public record TestsDone(
        RunId runId,
        ImageRef image,
        @Nullable Digest digest,
        @Nullable Digest platformDigest,
        @Nullable String plan,
        @Nullable String stream,
        @Nullable Long generation,
        Verdict verdict,
        Stage stage,
        @Nullable Fault fault,
        String reason,
        Counts counts,
        List<PhaseResult> phases,
        Instant finishedAt,
        @Nullable Change change,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean canary)
        implements RunEvent {

    public TestsDone {
        Required.fields("runId", runId, "image", image, "verdict", verdict, "stage", stage, "reason", reason);
        Required.fields("counts", counts, "phases", phases, "finishedAt", finishedAt);
        phases = List.copyOf(phases);
    }

    /** How a run ended that tells of its image and of no change that is known. */
    public TestsDone(
            RunId runId,
            ImageRef image,
            @Nullable Digest digest,
            @Nullable Digest platformDigest,
            @Nullable String plan,
            @Nullable String stream,
            @Nullable Long generation,
            Verdict verdict,
            Stage stage,
            @Nullable Fault fault,
            String reason,
            Counts counts,
            List<PhaseResult> phases,
            Instant finishedAt) {
        this(
                runId,
                image,
                digest,
                platformDigest,
                plan,
                stream,
                generation,
                verdict,
                stage,
                fault,
                reason,
                counts,
                phases,
                finishedAt,
                null,
                false);
    }

    @Override
    public Topic topic() {
        return Topic.TESTS_DONE;
    }
}
