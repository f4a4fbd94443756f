package dev.bootproof.poller;

import dev.bootproof.events.Digest;
import dev.bootproof.events.RunId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A stream, a watch over pull requests, or a pull request, as it is shown.
 *
 * @param stream its name
 * @param kind {@code stream}, {@code pull-requests} or {@code pull-request}
 * @param digest what it points at, where that was seen
 * @param platform the manifest of the platform that counts, where one does
 * @param generation how often it was announced
 * @param runId the run that was announced last
 * @param pending the digest that waits for that run to end
 * @param commit the newest commit, of a pull request
 * @param next when it is due by its schedule, where it has one
 * @param watched whether this replica watches it
 * @param lastOutcome what came of the last look
 * @param detail more about that
 * @param advice what to do about it
 * @param since since when looks end so
 * @param lastLookedAt when the last look was
 * @param failures how many looks failed in a row
 */
record StreamRow(
        String stream,
        String kind,
        @Nullable Digest digest,
        @Nullable Digest platform,
        long generation,
        @Nullable RunId runId,
        @Nullable Digest pending,
        @Nullable String commit,
        @Nullable Instant next,
        boolean watched,
        @Nullable String lastOutcome,
        @Nullable String detail,
        @Nullable String advice,
        @Nullable Instant since,
        @Nullable Instant lastLookedAt,
        int failures) {
    static final Comparator<StreamRow> TROUBLE_FIRST =
            Comparator.comparing((StreamRow row) -> row.failures() == 0).thenComparing(StreamRow::stream);

    /** How looking goes, for those that are looked at by themselves. */
    static StreamRow of(String name, String kind, @Nullable StreamState state, Watch.@Nullable Report report) {
        Outcome outcome = report == null ? null : report.outcome();
        return new StreamRow(
                name,
                kind,
                state == null ? null : state.digest(),
                state == null || state.platform() == null
                        ? null
                        : state.platform().digest(),
                state == null ? 0 : state.generation(),
                state == null || state.announced() == null
                        ? null
                        : state.announced().runId(),
                state == null || state.pending() == null
                        ? null
                        : state.pending().digest(),
                null,
                null,
                report != null,
                outcome == null ? null : outcome.word(),
                outcome == null ? null : outcome.detail(),
                outcome == null ? null : advice(kind, outcome),
                report == null ? null : report.since(),
                report == null ? null : report.at(),
                report == null ? 0 : report.failures());
    }

    /** A forge is no registry: other things help there. */
    private static String advice(String kind, Outcome outcome) {
        if (!kind.equals("pull-requests")) {
            return outcome.advice();
        }
        return switch (outcome) {
            case Outcome.Unauthorized _ -> "write a token that may read the repository into the secret";
            case Outcome.Forbidden _, Outcome.NotFound _ ->
                "correct the repository's name, or give the token the right to read it";
            case Outcome.Unchanged _, Outcome.Moved _, Outcome.RateLimited _, Outcome.ServerTrouble _ ->
                outcome.advice();
            case Outcome.Timeout _, Outcome.Unreachable _, Outcome.TlsTrouble _ -> outcome.advice();
            case Outcome.BadAnswer _, Outcome.NoPlatform _, Outcome.LabBug _ -> outcome.advice();
        };
    }

    static StreamRow of(PullState state, @Nullable Outcome trouble) {
        boolean without = state.head().commit().equals(state.told())
                && !state.head().commit().equals(state.tested());
        return new StreamRow(
                state.stream(),
                "pull-request",
                state.announced() == null ? null : state.announced().digest(),
                null,
                state.generation(),
                state.announced() == null ? null : state.announced().runId(),
                null,
                state.head().commit(),
                null,
                true,
                trouble != null ? trouble.word() : without ? "no-image" : "tested",
                trouble == null ? "" : trouble.detail(),
                trouble == null ? "" : trouble.advice(),
                null,
                null,
                trouble == null ? 0 : 1);
    }

    StreamRow due(@Nullable Instant time) {
        return new StreamRow(
                stream,
                kind,
                digest,
                platform,
                generation,
                runId,
                pending,
                commit,
                time,
                watched,
                lastOutcome,
                detail,
                advice,
                since,
                lastLookedAt,
                failures);
    }

    /** How this is coloured. */
    public String tone() {
        if (failures > 0) {
            return "bad";
        }
        return lastOutcome == null || "no-image".equals(lastOutcome) ? "quiet" : "good";
    }

    /** The digest as it is shown. */
    public String shortDigest() {
        return digest == null ? "" : digest.abbreviated();
    }

    /** The digest that waits, as it is shown. */
    public String shortPending() {
        return pending == null ? "" : pending.abbreviated();
    }

    /** An instant as it is shown: to the second. */
    public String shown(@Nullable Instant instant) {
        return instant == null
                ? ""
                : instant.toString().replaceFirst("\\.[0-9]+Z", "Z").replace('T', ' ');
    }
}
