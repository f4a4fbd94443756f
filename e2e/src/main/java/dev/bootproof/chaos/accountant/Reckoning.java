package dev.bootproof.chaos.accountant;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the books of a lab that comes to rest, again and again until nothing has time left. What was there too late is
 * held against it, though it be gone at the next reading.
 *
 * @param reader reads the books
 * @param accountant goes through them
 * @param clock the time
 */
public record Reckoning(BooksReader reader, Accountant accountant, Clock clock) {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /**
     * What the claim is worth when all is settled, or after this time.
     *
     * @throws IOException when the books cannot be read; then nothing is proven
     */
    public Audit settle(Duration longest) throws IOException {
        Instant until = clock.instant().plus(longest);
        Audit audit = accountant.audit(reader.read());
        while (!audit.settled() && clock.instant().isBefore(until)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            audit = accountant.audit(reader.read()).after(audit);
        }
        return audit;
    }
}
