package dev.bootproof.chaos.accountant;

import java.time.Instant;
import java.util.List;

/** Goes through the books of a lab after a storm and lists everything that breaks the claim, by run. */
public final class Accountant {
    private static final List<Rule> CLAIM = List.of(
            new EveryRunEnds(),
            new DeadLettersOnce(),
            new OneMachine(),
            new OneExecution(),
            new OneResult(),
            new OneNotice(),
            new LeaseGoesForward(),
            new NothingAfterTheEnd(),
            new NothingLeft(),
            new RightKind());

    private final Allowance allowance;

    /** An accountant who leaves this much time. */
    public Accountant(Allowance allowance) {
        this.allowance = allowance;
    }

    /** Holds the claim against these books. */
    public Audit audit(Books books) {
        Account account = new Account(books, allowance);
        List<Violation> now = violations(account);
        List<Violation> inTheEnd = violations(new Account(books.readAt(Instant.MAX), allowance));
        boolean settled = account.idle() && now.size() == inTheEnd.size();
        return new Audit(Totals.of(account), now, settled);
    }

    private static List<Violation> violations(Account account) {
        return CLAIM.stream()
                .flatMap(rule -> rule.check(account))
                .sorted(Violation.BY_RUN)
                .toList();
    }
}
