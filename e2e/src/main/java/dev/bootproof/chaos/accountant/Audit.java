package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Violation.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of going through the books.
 *
 * @param totals what they add up to
 * @param violations everything that breaks the claim, by run
 * @param settled whether nothing has time left that would break the claim if it stayed as it is, and nothing has happened
 *     for so long that nothing new is to be expected
 */
public record Audit(Totals totals, List<Violation> violations, boolean settled) {
    public Audit {
        violations = List.copyOf(violations);
    }

    /** Whether the claim holds. */
    public boolean proven() {
        return settled && violations.isEmpty();
    }

    /** How many violations there are of this kind. */
    public long count(Kind kind) {
        return violations.stream().filter(one -> one.kind() == kind).count();
    }

    /** The same with what was seen before and should not have been there then. */
    Audit after(Audit earlier) {
        List<Violation> all = Stream.concat(earlier.violations.stream(), violations.stream())
                .distinct()
                .sorted(Violation.BY_RUN)
                .toList();
        return new Audit(totals, all, settled);
    }
}
