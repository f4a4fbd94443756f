package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import java.time.Instant;
import java.util.stream.Stream;

/** Nobody begins anything for a run that is over: whoever was paused and woke up is fenced. */
final class NothingAfterTheEnd implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        return account.runs()
                .filter(run -> run.verdict().isPresent())
                .flatMap(run -> check(
                        run,
                        run.verdict().orElseThrow(),
                        account.touchedUntil(run.verdict().orElseThrow().at())));
    }

    private static Stream<Violation> check(RunAccount run, Line verdict, Instant until) {
        return run.effects().stream()
                .filter(effect -> switch (effect.kind()) {
                    case MACHINE_STARTED, SUITE_STARTED -> effect.at().isAfter(until);
                    case MACHINE_ENDED, SUITE_ENDED -> false;
                })
                .map(effect -> new Violation(
                        Kind.DOUBLED,
                        run.id().value(),
                        words(effect) + " at " + effect.at() + " (process " + effect.pid() + "), after its verdict at "
                                + verdict.place() + " (" + verdict.at() + ")"));
    }

    private static String words(Effect effect) {
        return effect.suite() == null
                ? "a machine of phase " + effect.phase() + " began"
                : "the suite " + effect.suite() + " began";
    }
}
