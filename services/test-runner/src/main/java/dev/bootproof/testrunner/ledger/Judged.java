package dev.bootproof.testrunner.ledger;

import dev.bootproof.events.SuiteResult.Known;
import dev.bootproof.testrunner.TestCase;
import java.util.List;

/**
 * What is left of failed tests once the ledger was read.
 *
 * @param blocking those that block, with the day on which the ledger stopped excusing them where it did
 * @param known those that do not, with why
 * @param notes what the owner of the catalog would want to know, one sentence each
 */
public record Judged(List<TestCase> blocking, List<Known> known, List<String> notes) {
    public Judged {
        blocking = List.copyOf(blocking);
        known = List.copyOf(known);
        notes = List.copyOf(notes);
    }
}
