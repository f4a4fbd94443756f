package dev.bootproof.publisher;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bootproof.events.Change;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Trigger;
import dev.bootproof.events.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What others are told of a verdict; the body of a webhook.
 *
 * @param runId the run
 * @param stream what is watched
 * @param image what was tested
 * @param digest the tested digest
 * @param platformDigest what booted
 * @param plan the plan
 * @param trigger what fired the run
 * @param change the change of source code, where the trigger knew it
 * @param verdict how it ended
 * @param previous how the stream's run before it ended; null where there was none
 * @param fault the row of the fault table; null for {@code passed}
 * @param reason one sentence
 * @param counts all tests together
 * @param suites the suites that ran
 * @param page where people read about it
 * @param startedAt when it was asked for
 * @param finishedAt when it was decided
 */
record Facts(
        RunId runId,
        String stream,
        ImageRef image,
        Digest digest,
        Digest platformDigest,
        String plan,
        Trigger trigger,
        @Nullable Change change,
        Verdict verdict,
        @Nullable Verdict previous,
        @Nullable Fault fault,
        String reason,
        Counts counts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Suite> suites,
        URI page,
        Instant startedAt,
        Instant finishedAt) {
    Facts {
        suites = suites == null ? List.of() : List.copyOf(suites);
    }

    /**
     * A suite.
     *
     * @param phase its phase
     * @param name its name
     * @param verdict how it ended
     * @param counts how its tests went
     */
    record Suite(String phase, String name, Verdict verdict, Counts counts) {}

    static Facts of(TestsDone done, Lease lease, Pins pins, @Nullable Verdict previous, URI page) {
        return new Facts(
                done.runId(),
                stream(done),
                done.image(),
                pins.digest(),
                pins.platformDigest(),
                pins.plan().name(),
                pins.trigger(),
                pins.change(),
                done.verdict(),
                previous,
                done.fault(),
                done.reason(),
                done.counts(),
                suites(done),
                page,
                lease.lines().isEmpty()
                        ? done.finishedAt()
                        : lease.lines().getFirst().at(),
                done.finishedAt());
    }

    /** The stream of a run, whoever fired it. */
    static String stream(TestsDone done) {
        return done.stream() == null ? done.image().stream() : done.stream();
    }

    /** Whether it is another verdict than the stream's last. */
    boolean news() {
        return verdict != Verdict.SKIPPED && verdict != previous;
    }

    private static List<Suite> suites(TestsDone done) {
        return done.phases().stream()
                .flatMap(phase -> phase.suites().stream()
                        .map(suite -> new Suite(phase.name(), suite.name(), suite.verdict(), suite.counts())))
                .toList();
    }
}
