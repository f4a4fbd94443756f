package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.catalog.OnFirstSight;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Trigger;
import dev.bootproof.poller.StreamState.Platform;
import dev.bootproof.poller.StreamState.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schedules and platforms. */
class SchedulePolicyTest {
    private static final Instant NOW = Instant.parse("2026-02-04T10:00:00Z");
    private static final List<String> NIGHTLY = List.of("0 2 * * *");
    private static final Digest A = Digest.of("a");
    private static final Digest B = Digest.of("b");
    private static final RunStatus BUSY = new RunStatus.Busy();
    private static final RunStatus PASSED = new RunStatus.Over(null, NOW);

    private final WatchedStream stream = new WatchedStream(
            ImageRef.parse("quay.io/org/os:stable"), "boot", OnFirstSight.RUN, null, NIGHTLY, "linux/amd64");
    private final Policy policy = new Policy(2, Duration.ofMinutes(1), Duration.ofMinutes(15));
    private final StreamState tested =
            policy.firstSight(stream, seen(A, due("2026-02-01T02:00:00Z"))).state();

    @Test
    void atFirstSightNothingWasMissed() {
        // When
        Decision decision = policy.look(stream, tested, seen(A, due("2026-02-01T02:00:00Z")), PASSED);

        // Then
        assertThat(decision).isEqualTo(Decision.quiet(tested));
    }

    @Test
    void threeMissedNightsAreOneRunOfAnUnchangedDigest() {
        // When
        Decision decision = policy.look(stream, tested, seen(A, due("2026-02-04T02:00:00Z")), PASSED);
        Decision after = policy.look(stream, decision.state(), seen(A, due("2026-02-04T02:00:00Z")), PASSED);

        // Then
        assertThat(decision.announced()).singleElement().satisfies(event -> {
            assertThat(event.trigger()).isEqualTo(Trigger.SCHEDULE);
            assertThat(event.digest()).isEqualTo(A);
            assertThat(event.generation()).isEqualTo(2);
        });
        assertThat(after.announced()).isEmpty();
    }

    @Test
    void aMovedDigestThatIsDueIsOneRun() {
        // When
        Decision decision = policy.look(stream, tested, seen(B, due("2026-02-04T02:00:00Z")), PASSED);

        // Then
        assertThat(decision.announced()).extracting(DigestChanged::digest).containsExactly(B);
        assertThat(decision.announced()).extracting(DigestChanged::trigger).containsExactly(Trigger.SCHEDULE);
    }

    @Test
    void whileARunIsHeldWhatIsDueWaitsAndIsFiredOnce() {
        // When
        Decision first = policy.look(stream, tested, seen(A, due("2026-02-03T02:00:00Z")), BUSY);
        Decision second = policy.look(stream, first.state(), seen(A, due("2026-02-04T02:00:00Z")), BUSY);
        Decision ended = policy.look(stream, second.state(), seen(A, due("2026-02-04T02:00:00Z")), PASSED);

        // Then
        assertThat(first.speaks() || second.speaks()).isFalse();
        assertThat(ended.announced()).extracting(DigestChanged::trigger).containsExactly(Trigger.SCHEDULE);
        assertThat(ended.state().pending()).isNull();
    }

    @Test
    void aScheduleThatIsNewOrChangedWasNeverMissed() {
        // Given
        Scheduled changed = new Scheduled(List.of("0 9 * * *"), Instant.parse("2026-02-04T09:00:00Z"));

        // When
        Decision decision = policy.look(stream, tested, seen(A, changed), PASSED);

        // Then
        assertThat(decision.announced()).isEmpty();
        assertThat(decision.state().scheduled()).isEqualTo(changed);
    }

    @Test
    void anIndexThatMovedForOtherPlatformsIsRememberedWithoutARun() {
        // Given
        StreamState before =
                policy.firstSight(stream, on(A, Digest.of("amd64"))).state();

        // When
        Decision elsewhere = policy.look(stream, before, on(B, Digest.of("amd64")), PASSED);
        Decision here = policy.look(stream, elsewhere.state(), on(Digest.of("c"), Digest.of("new amd64")), PASSED);

        // Then
        assertThat(elsewhere.announced()).isEmpty();
        assertThat(elsewhere.state().digest()).isEqualTo(B);
        assertThat(here.announced()).extracting(DigestChanged::digest).containsExactly(Digest.of("c"));
    }

    @Test
    void anErroredRunIsFiredAgainThoughTheIndexMovedForOthers() {
        // Given
        StreamState before =
                policy.firstSight(stream, on(A, Digest.of("amd64"))).state();
        StreamState elsewhere =
                policy.look(stream, before, on(B, Digest.of("amd64")), BUSY).state();

        // When
        Decision retried = policy.look(
                stream, elsewhere, on(B, Digest.of("amd64")), new RunStatus.Over(Fault.NO_ROOM, NOW.minusSeconds(60)));

        // Then
        assertThat(retried.announced()).extracting(DigestChanged::trigger).containsExactly(Trigger.RETRY);
    }

    @Test
    void whatWaitsOnAStreamThatIsGoneEnds() {
        // Given
        StreamState waiting = policy.look(stream, tested, seen(B, due("2026-02-01T02:00:00Z")), BUSY)
                .state();

        // When
        Decision decision = Policy.removed(waiting, NOW);

        // Then
        assertThat(decision.dropped()).singleElement().satisfies(done -> {
            assertThat(done.fault()).isEqualTo(Fault.SUPERSEDED);
            assertThat(done.digest()).isEqualTo(B);
        });
        assertThat(Policy.removed(decision.state(), NOW).speaks()).isFalse();
    }

    private static Scheduled due(String time) {
        return new Scheduled(NIGHTLY, Instant.parse(time));
    }

    private static Seen seen(Digest digest, @Nullable Scheduled due) {
        return new Seen(digest, null, null, due, Trigger.POLL, NOW);
    }

    private static Seen on(Digest digest, Digest manifest) {
        return new Seen(digest, null, new Platform("linux/amd64", manifest, digest), null, Trigger.POLL, NOW);
    }
}
