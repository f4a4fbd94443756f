package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Effect.Kind;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.SuitePlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A suite is executed once, and once more for each retry that its plan allows; an attempt is never made twice. */
final class OneExecution implements Rule {
    @Override
    public Stream<Violation> check(Account account) {
        return account.runs().flatMap(OneExecution::check);
    }

    private record Execution(
            int phase, String suite, @Nullable Integer attempt) {}

    private static Stream<Violation> check(RunAccount run) {
        Map<Execution, List<Effect>> started = run.effects().stream()
                .filter(effect -> effect.kind() == Kind.SUITE_STARTED && effect.suite() != null)
                .collect(Collectors.groupingBy(effect ->
                        new Execution(effect.phase(), Objects.requireNonNull(effect.suite()), effect.attempt())));
        return started.entrySet().stream()
                .filter(entry -> entry.getValue().size() > allowed(run, entry.getKey()))
                .map(entry -> doubled(run, entry.getKey(), entry.getValue()));
    }

    private static int allowed(RunAccount run, Execution execution) {
        if (execution.attempt() != null) {
            return 1;
        }
        return run.lease()
                .map(Lease::pins)
                .map(Pins::plan)
                .filter(plan -> execution.phase() < plan.phases().size())
                .flatMap(plan -> plan.phases().get(execution.phase()).suites().stream()
                        .filter(suite -> suite.name().equals(execution.suite()))
                        .findFirst())
                .map(SuitePlan::retries)
                .map(retries -> 1 + retries)
                .orElse(1);
    }

    private static Violation doubled(RunAccount run, Execution execution, List<Effect> effects) {
        String when = effects.stream()
                .map(effect -> effect.at() + " in process " + effect.pid())
                .collect(Collectors.joining(" and "));
        return new Violation(
                Violation.Kind.DOUBLED,
                run.id().value(),
                "the suite " + execution.suite() + " of phase " + execution.phase() + " was begun at " + when);
    }
}
