package dev.bootproof.attestation;

import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run behind a test result.
 *
 * @param id the run
 * @param plan the plan, where it is known
 * @param platformDigest what booted, where it is known
 * @param finishedAt when it was decided: of several verdicts the last one counts
 * @param reason one sentence
 * @param planned the suites that were to run; empty where that is not known any more
 * @param suites the suites that ran
 */
public record TestedRun(
        RunId id,
        @Nullable String plan,
        @Nullable Digest platformDigest,
        Instant finishedAt,
        String reason,
        List<String> planned,
        List<TestedSuite> suites) {
    /** The name of the extension field. */
    public static final String TYPE = "https://bootproof.dev/attestation/run/v1";

    public TestedRun {
        if (id == null || finishedAt == null || reason == null) {
            throw new MalformedEvent(TYPE, "it does not say which run ended when and why");
        }
        planned = planned == null ? List.of() : List.copyOf(planned);
        suites = suites == null ? List.of() : List.copyOf(suites);
    }

    /** Whether this suite ran. */
    boolean ran(String suite) {
        return suites.stream().anyMatch(one -> one.name().equals(suite));
    }

    /**
     * Whether the run says something about this suite: it ran, or it was to run, or nobody knows what was to run and
     * nothing did.
     */
    boolean concerns(String suite) {
        return ran(suite) || planned.contains(suite) || (planned.isEmpty() && suites.isEmpty());
    }

    /**
     * A suite that ran.
     *
     * @param name its name
     * @param phase the phase's name
     * @param verdict how it ended
     * @param counts how its tests went
     */
    public record TestedSuite(String name, String phase, Verdict verdict, Counts counts) {}
}
