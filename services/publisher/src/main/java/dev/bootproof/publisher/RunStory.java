package dev.bootproof.publisher;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Plan;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that the bus says about one run.
 *
 * @param runId the run
 * @param stream the stream, where the poller fired the run
 * @param image what was asked for, where it is known yet
 * @param digest what the tag said, where it is known yet
 * @param platformDigest what boots, where it is known yet
 * @param plan the plan's name, where it is known yet
 * @param trigger what fired the run, where it is known
 * @param state whether the verdict is out
 * @param startedAt when the run was asked for
 * @param finishedAt when the verdict was decided
 * @param stages the stages that worked for it, in order of their start
 * @param testsDone the verdict: the first one
 * @param lateVerdicts how many verdicts came after the first
 * @param lease how far its lease is
 * @param targets who is told of the verdict, and how far that is
 * @param machine where the owner of its newest machine answers, while it runs
 * @param resolved the plan itself, while the lease pins it; not part of the JSON
 * @param page where people read about it
 */
record RunStory(
        RunId runId,
        @Nullable String stream,
        @Nullable ImageRef image,
        @Nullable Digest digest,
        @Nullable Digest platformDigest,
        @Nullable String plan,
        @Nullable Trigger trigger,
        State state,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<StageTime> stages,
        @Nullable TestsDone testsDone,
        int lateVerdicts,
        @Nullable LeaseTime lease,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ToldTarget> targets,
        @Nullable URI machine,
        @JsonIgnore @Nullable Plan resolved,
        URI page) {
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    RunStory {
        stages = List.copyOf(stages);
        targets = List.copyOf(targets);
    }

    /** Whether the verdict is out. */
    enum State {
        RUNNING,
        DONE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The time that a stage worked for the run.
     *
     * @param stage the stage
     * @param phase which phase, from 0
     * @param startedAt when it began
     * @param finishedAt when it was done; null while it works
     */
    record StageTime(
            Stage stage,
            int phase,
            Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * How far the lease is.
     *
     * @param state how far
     * @param until held: the run's deadline; ended: when cleanup is due; released: when it was done
     * @param removed what the janitor removed
     */
    record LeaseTime(CleanupDue.State state, Instant until, List<String> removed) {
        LeaseTime {
            removed = List.copyOf(removed);
        }
    }

    /** Whether the verdict is not out yet. */
    public boolean running() {
        return state == State.RUNNING;
    }

    /**
     * Whether nothing more is to come but its cleanup. Of an old run the lease may be forgotten; of a young one it may
     * not have been read yet.
     */
    boolean over(Instant now) {
        if (finishedAt == null) {
            return state == State.DONE;
        }
        return lease == null ? finishedAt.plus(FORGOTTEN).isBefore(now) : lease.state() != CleanupDue.State.HELD;
    }

    /** Whether the run belongs to this stream. */
    boolean ofStream(String wanted) {
        return wanted.equals(stream) || (image != null && wanted.equals(image.stream()));
    }

    /** Whether the run is about this digest, of the tag or of the platform. */
    boolean about(Digest wanted) {
        return wanted.equals(digest) || wanted.equals(platformDigest);
    }
}
