package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.catalog.OnFirstSight;
import dev.bootproof.catalog.WatchedStream;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Fault;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Digest A = Digest.of("a");
    private static final Digest B = Digest.of("b");
    private static final RunStatus BUSY = new RunStatus.Busy();
    private static final RunStatus PASSED = new RunStatus.Over(null, NOW);

    private final WatchedStream stream =
            new WatchedStream(ImageRef.parse("quay.io/org/os:stable"), "boot", OnFirstSight.RUN, null);
    private final Policy policy = new Policy(2, Duration.ofMinutes(1), Duration.ofMinutes(15));
    private final StreamState running = policy.firstSight(stream, seen(A)).state();

    @Test
    void askedTwiceWithTheSameStateItSaysTheSameRun() {
        // When
        Decision once = policy.look(stream, running, seen(B), PASSED);
        Decision again = policy.look(stream, running, seen(B), PASSED);

        // Then
        assertThat(once.announced()).isEqualTo(again.announced()).hasSize(1);
        assertThat(once.state().generation()).isEqualTo(2);
    }

    @Test
    void whatStillPointsThereIsNotAnnounced() {
        // When
        Decision decision = policy.look(stream, running, seen(A), PASSED);

        // Then
        assertThat(decision).isEqualTo(Decision.quiet(running));
    }

    @Test
    void aStreamThatGoesBackWhileItsRunIsHeldDropsWhatWaited() {
        // Given
        StreamState waiting = policy.look(stream, running, seen(B), BUSY).state();

        // When
        Decision back = policy.look(stream, waiting, seen(A), BUSY);
        Decision after = policy.look(stream, back.state(), seen(A), PASSED);

        // Then
        assertThat(back.dropped()).singleElement().satisfies(done -> {
            assertThat(done.digest()).isEqualTo(B);
            assertThat(done.generation()).isEqualTo(2);
        });
        assertThat(back.state().pending()).isNull();
        assertThat(after.announced()).isEmpty();
    }

    @Test
    void aRunThatNobodyTookIsAnnouncedAgainUnderItsName() {
        // Given
        Seen later = new Seen(A, null, Trigger.POLL, NOW.plusSeconds(601));

        // When
        Decision decision = policy.look(stream, running, later, new RunStatus.Lost());

        // Then
        assertThat(decision.announced()).singleElement().satisfies(event -> {
            assertThat(event.generation()).isEqualTo(1);
            assertThat(event.digest()).isEqualTo(A);
        });
        assertThat(decision.state().announced()).isNotNull().satisfies(announced -> {
            assertThat(announced.at()).isEqualTo(later.at());
            assertThat(announced.repeats()).isEqualTo(1);
        });
        assertThat(decision.state().generation()).isEqualTo(1);
    }

    @Test
    void anErroredRunIsFiredAgainAfterGrowingPauses() {
        // Given
        RunStatus errored = new RunStatus.Over(Fault.NO_ROOM, NOW);

        // When
        Decision early = policy.look(stream, running, seen(A), errored);
        Decision first = policy.look(stream, running, at(NOW.plusSeconds(60)), errored);
        Decision tooEarly = policy.look(stream, first.state(), at(NOW.plusSeconds(60)), errored);
        Decision second = policy.look(stream, first.state(), at(NOW.plusSeconds(120)), errored);
        Decision third = policy.look(stream, second.state(), at(NOW.plusSeconds(9999)), errored);

        // Then
        assertThat(early.again()).isEqualTo(NOW.plusSeconds(60));
        assertThat(early.announced()).isEmpty();
        assertThat(first.announced()).hasSize(1);
        assertThat(tooEarly.again()).isEqualTo(NOW.plusSeconds(120));
        assertThat(second.state().generation()).isEqualTo(3);
        assertThat(third.announced()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aRowOfTheFaultTableSaysWhetherARunIsFiredAgain(Fault fault) {
        // When
        Decision decision = policy.look(stream, running, at(NOW.plusSeconds(60)), new RunStatus.Over(fault, NOW));

        // Then
        assertThat(decision.again()).isNull();
        switch (fault.retry()) {
            case AGAIN ->
                assertThat(decision.announced()).singleElement().satisfies(event -> {
                    assertThat(event.trigger()).isEqualTo(Trigger.RETRY);
                    assertThat(event.digest()).isEqualTo(A);
                    assertThat(event.generation()).isEqualTo(2);
                });
            case NEVER -> assertThat(decision.announced()).isEmpty();
        }
    }

    @Test
    void anErroredRunThatANewerDigestReplacedIsNotFiredAgain() {
        // Given
        RunStatus errored = new RunStatus.Over(Fault.NO_ROOM, NOW);
        StreamState waiting = policy.look(stream, running, seen(B), BUSY).state();

        // When
        Decision waited = policy.look(stream, waiting, seenLate(B), errored);
        Decision moved = policy.look(stream, running, seenLate(B), errored);

        // Then
        assertThat(List.of(waited, moved)).allSatisfy(decision -> {
            assertThat(decision.announced()).singleElement().satisfies(event -> {
                assertThat(event.digest()).isEqualTo(B);
                assertThat(event.trigger()).isNotEqualTo(Trigger.RETRY);
            });
            assertThat(decision.state().retries()).isZero();
        });
    }

    private static Seen seenLate(Digest digest) {
        return new Seen(digest, null, Trigger.POLL, NOW.plusSeconds(9999));
    }

    private static Seen seen(Digest digest) {
        return new Seen(digest, null, Trigger.POLL, NOW);
    }

    private static Seen at(Instant instant) {
        return new Seen(A, null, Trigger.POLL, instant);
    }
}
