package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Effect.Kind;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A phase has one machine at a time. One whose boot stalled has ended before the phase is booted once more; that happens
 * once, once more for each suite that gets a boot of its own, and once more for each fault that struck meanwhile.
 */
final class OneMachine implements Rule {
    private static final int BOOTS = 2;

    /** How late the end of a machine may be noted by who watches its process. */
    private static final Duration NOTED = Duration.ofSeconds(5);

    @Override
    public Stream<Violation> check(Account account) {
        return account.runs()
                .flatMap(run -> run.effects().stream()
                        .map(Effect::phase)
                        .distinct()
                        .flatMap(phase -> check(run, phase, account).stream()));
    }

    private static Optional<Violation> check(RunAccount run, int phase, Account account) {
        List<Effect> boots = run.effects().stream()
                .filter(effect -> effect.phase() == phase && effect.kind() == Kind.MACHINE_STARTED)
                .toList();
        return IntStream.range(1, boots.size())
                .mapToObj(next -> beside(run, boots.subList(0, next), boots.get(next)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> tooOften(run, boots, account))
                .map(seen -> new Violation(Violation.Kind.DOUBLED, run.id().value(), seen));
    }

    private static Optional<String> beside(RunAccount run, List<Effect> before, Effect next) {
        return before.stream()
                .filter(first -> !ended(run, first, next.at().plus(NOTED)))
                .findFirst()
                .map(first -> "a second machine of phase " + next.phase() + " (process " + next.pid() + ") began at "
                        + next.at() + " while the first (process " + first.pid() + ") had not ended");
    }

    private static boolean ended(RunAccount run, Effect machine, Instant until) {
        return run.effects().stream()
                .anyMatch(effect -> effect.kind() == Kind.MACHINE_ENDED
                        && effect.pid() == machine.pid()
                        && effect.phase() == machine.phase()
                        && !effect.at().isBefore(machine.at())
                        && !effect.at().isAfter(until));
    }

    private static Optional<String> tooOften(RunAccount run, List<Effect> boots, Account account) {
        if (boots.size() <= BOOTS) {
            return Optional.empty();
        }
        Effect first = boots.getFirst();
        long struck = account.books().hazards().stream()
                .filter(hazard -> !hazard.over().isBefore(first.at()))
                .filter(hazard -> !hazard.at().isAfter(boots.getLast().at()))
                .count();
        long allowed = planned(run, first.phase()) + struck;
        return boots.size() > allowed
                ? Optional.of("its phase " + first.phase() + " was booted " + boots.size() + " times, " + allowed
                        + " are allowed")
                : Optional.empty();
    }

    private static int planned(RunAccount run, int phase) {
        return run.lease()
                .map(Lease::pins)
                .map(Pins::plan)
                .filter(plan -> plan.isolation() != Isolation.SHARED
                        && phase < plan.phases().size())
                .map(plan ->
                        BOOTS * Math.max(1, plan.phases().get(phase).suites().size()))
                .orElse(BOOTS);
    }
}
