package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run ends as one of those that tell the truth about it, and only what says something about an image is signed. */
final class RightKind implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        Map<RunId, TestsDone> verdicts = account.runs()
                .filter(run -> run.done().isPresent())
                .collect(Collectors.toMap(RunAccount::id, run -> run.done().orElseThrow()));
        return Stream.concat(
                account.runs().flatMap(run -> wrong(run).stream()),
                verdicts.values().stream()
                        .filter(done -> silent(done.verdict()))
                        .flatMap(done -> signed(done, account).stream()));
    }

    private static Optional<Violation> wrong(RunAccount run) {
        return run.fired()
                .filter(fired -> !fired.mayEnd().isEmpty())
                .flatMap(fired -> run.done()
                        .filter(done -> !fired.mayEnd().contains(done.verdict()))
                        .map(done -> new Violation(Kind.WRONG_KIND, run.id().value(), words(fired, done, run))));
    }

    private static String words(Fired fired, TestsDone done, RunAccount run) {
        String may = fired.mayEnd().stream().map(Verdict::word).collect(Collectors.joining(" or "));
        String place = run.verdict().map(line -> line.place().toString()).orElse("");
        return "it may end " + may + " and ended " + done.verdict().word() + " at " + place + ": " + done.reason();
    }

    private static boolean silent(Verdict verdict) {
        return switch (verdict) {
            case PASSED, FAILED -> false;
            case ERRORED, SKIPPED -> true;
        };
    }

    private static Optional<Violation> signed(TestsDone done, Account account) {
        return account.books().registry().stream()
                .flatMap(stored -> attestation(stored, done.runId()).stream())
                .findFirst()
                .map(where -> new Violation(
                        Kind.WRONG_KIND,
                        done.runId().value(),
                        "it ended " + done.verdict().word() + " and is signed all the same: " + where));
    }

    private static Optional<String> attestation(Stored stored, RunId run) {
        return switch (stored) {
            case Stored.Tag(String repository, String name) ->
                name.equals(Names.attestationTag(run)) ? Optional.of(repository + ":" + name) : Optional.empty();
            case Stored.Attestation(String subject, String digest, RunId of) ->
                of.equals(run) ? Optional.of(digest + " refers to " + subject) : Optional.empty();
            case Stored.Result _ -> Optional.empty();
        };
    }
}
