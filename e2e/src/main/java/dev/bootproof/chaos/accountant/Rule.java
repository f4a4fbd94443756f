package dev.bootproof.chaos.accountant;

import java.util.stream.Stream;

/** One sentence of the claim, held against the books. */
interface Rule {
    /** Everything that breaks it. */
    Stream<Violation> check(Account account);
}
