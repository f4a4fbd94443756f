package dev.bootproof.testrunner.ledger;

import dev.bootproof.events.Ledger;
import java.time.LocalDate;

/**
 * Which failed tests do not block, on one day.
 *
 * @param ledger what the catalog says
 * @param today the day, in UTC
 */
public record Forgiveness(Ledger ledger, LocalDate today) {}
