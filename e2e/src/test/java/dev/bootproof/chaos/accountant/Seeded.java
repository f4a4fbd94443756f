package dev.bootproof.chaos.accountant;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Counts;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Event;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the contract's records look like in these tests. */
final class Seeded {
    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    static final Digest DIGEST = Digest.of("tested");
    static final ImageRef IMAGE = ImageRef.parse("127.0.0.1:5000/storm-os:latest");

    private Seeded() {}

    static Instant second(long second) {
        return START.plusSeconds(second);
    }

    static DigestChanged asked() {
        return new DigestChanged(IMAGE, null, "storm", null, null, null);
    }

    static Pins pins() {
        return Objects.requireNonNull(
                example("cleanup-due.v1.held.json", CleanupDue.class).pins());
    }

    /** An example of the contract. */
    static <E extends Event> E example(String name, Class<E> type) {
        try (InputStream example =
                Objects.requireNonNull(Pins.class.getResourceAsStream("/contracts/examples/" + name))) {
            return EventJson.read(example.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CleanupDue held(RunId run, Instant at, Stage by) {
        return new CleanupDue(run, State.HELD, at.plusSeconds(300), by, 0, at, pins(), List.of());
    }

    static CleanupDue ended(RunId run, Instant at) {
        return new CleanupDue(run, State.ENDED, at, Stage.JANITOR, 0, at, pins(), List.of());
    }

    static CleanupDue released(RunId run, Instant at, String removed) {
        return new CleanupDue(run, State.RELEASED, at, Stage.JANITOR, 0, at, pins(), List.of(removed));
    }

    static TestsDone done(RunId run, Instant at, Verdict verdict) {
        return done(run, at, verdict, DIGEST);
    }

    static TestsDone done(RunId run, Instant at, Verdict verdict, @Nullable Digest digest) {
        @Nullable
        Fault fault = switch (verdict) {
            case PASSED -> null;
            case FAILED -> Fault.KERNEL_PANIC;
            case ERRORED -> Fault.DISK_FULL;
            case SKIPPED -> Fault.SUPERSEDED;
        };
        return new TestsDone(
                run,
                IMAGE,
                digest,
                digest,
                "storm",
                null,
                null,
                verdict,
                Stage.TEST_RUNNER,
                fault,
                "it ended " + verdict.word(),
                Counts.NONE,
                List.of(),
                at);
    }
}
