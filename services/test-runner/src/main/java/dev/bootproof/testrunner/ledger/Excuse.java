package dev.bootproof.testrunner.ledger;

import dev.bootproof.events.Ledger;
import dev.bootproof.testrunner.TestCase;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A line of the ledger.
 *
 * @param pattern which tests, written {@code suite: name}
 * @param name what it is called in a note
 * @param why what is said of a test that it covers
 * @param last the last day on which it counts
 * @param tracked whether somebody works on it, so that it is to be removed when it is mended
 */
record Excuse(Pattern pattern, String name, String why, LocalDate last, boolean tracked) {
    static Excuse of(Ledger.Known known) {
        String name = "\"" + known.pattern() + "\" (" + known.tracker() + ")";
        return new Excuse(
                Pattern.compile(known.pattern()), name, known.tracker().toString(), known.until(), true);
    }

    static Excuse of(Ledger.Fresh fresh) {
        LocalDate last = fresh.since().plus(Ledger.Fresh.GRACE).minusDays(1);
        String name = "\"" + fresh.pattern() + "\"";
        return new Excuse(Pattern.compile(fresh.pattern()), name, "new since " + fresh.since(), last, false);
    }

    boolean covers(String suite, TestCase test) {
        return BoundedText.has(pattern, suite + ": " + test.name());
    }

    boolean counts(LocalDate today) {
        return !last.isBefore(today);
    }

    /** Why it does not count any more. */
    String ended() {
        return why + ": its " + (tracked ? "snooze" : "month of grace") + " ended on " + last;
    }
}
