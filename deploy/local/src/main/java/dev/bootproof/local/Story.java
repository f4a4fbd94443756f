package dev.bootproof.local;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the publisher tells about a run; everything but the run's name may be missing.
 *
 * @param runId the run
 * @param image what is tested
 * @param digest what the tag said
 * @param plan what is done with it
 * @param trigger what fired it
 * @param state {@code running} or {@code done}
 * @param startedAt when it was first heard of
 * @param finishedAt when the verdict fell
 * @param stages what happened, in order
 * @param verdict how it ended
 * @param lease how far its lease is
 * @param machine where the owner of its newest machine answers, while that runs
 * @param page where to read it in a browser
 */
record Story(
        String runId,
        @Nullable String image,
        @Nullable String digest,
        @Nullable String plan,
        @Nullable String trigger,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Step> stages,
        @JsonAlias("testsDone") @Nullable Ending verdict,
        @Nullable JsonNode lease,
        @Nullable URI machine,
        @Nullable String page) {
    Story {
        state = state == null ? "running" : state;
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    boolean done() {
        return state.equals("done") && verdict != null;
    }

    /** Whether a stage has promised to work for it. */
    boolean taken() {
        return lease != null || !stages.isEmpty() || done();
    }

    /** How long it took, or takes so far. */
    Duration age(Instant now) {
        if (startedAt == null) {
            return Duration.ZERO;
        }
        return Duration.between(startedAt, finishedAt == null ? now : finishedAt);
    }

    /** The stage that works for it now. */
    Optional<Step> step() {
        return stages.stream()
                .filter(step -> step.finishedAt() == null && step.startedAt() != null)
                .reduce((_, last) -> last);
    }

    /** How many machines it has had so far. */
    int phases() {
        return 1 + stages.stream().mapToInt(Step::phase).max().orElse(0);
    }

    /** Until when its machine is kept for people; empty where it is not. */
    Optional<Instant> keptUntil(Instant now) {
        return Optional.ofNullable(lease)
                .filter(told -> done() && told.path("state").asText().equals("ended"))
                .map(told -> Instant.parse(told.path("until").asText()))
                .filter(until -> until.isAfter(now));
    }

    /** Whether all that it made is gone. */
    boolean released() {
        return lease != null && lease.path("state").asText().equals("released");
    }

    /**
     * A stage's work for a phase.
     *
     * @param stage the service
     * @param phase the phase, from 0
     * @param startedAt when it began; null where it only was announced
     * @param finishedAt when it ended; null while it works
     */
    record Step(
            String stage,
            int phase,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}
}
