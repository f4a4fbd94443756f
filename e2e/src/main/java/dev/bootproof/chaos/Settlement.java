package dev.bootproof.chaos;

import dev.bootproof.chaos.accountant.Accountant;
import dev.bootproof.chaos.accountant.Allowance;
import dev.bootproof.chaos.accountant.Audit;
import dev.bootproof.chaos.accountant.BooksReader;
import dev.bootproof.chaos.accountant.Reckoning;
import dev.bootproof.chaos.accountant.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Hands a storm over to the accountant.
 *
 * @param lab the lab after the storm
 * @param clock the time
 * @param out where the table is printed
 */
record Settlement(StormLab lab, Clock clock, PrintStream out) {
    private static final Duration LONGEST = Duration.ofMinutes(6);

    /** Prints the table when all that is owed is due, keeps it as {@code audit.json}, and says whether the claim holds. */
    boolean balanced() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        BooksReader books =
                new BooksReader(lab.bootstrap(), lab.registry(), lab.home(), lab.directory(), temporary, clock);
        out.println("the accountant reads until nothing has time left");
        Audit audit = new Reckoning(books, new Accountant(Allowance.CLAIMED), clock).settle(LONGEST);
        Report report = new Report(audit);
        out.println(report.text());
        Files.writeString(lab.directory().resolve("audit.json"), report.json());
        return audit.proven();
    }
}
