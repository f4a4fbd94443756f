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

/** When the canary is run beside its schedule. */
class CanaryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Digest GOLDEN = Digest.of("golden");
    private static final RunStatus BUSY = new RunStatus.Busy();
    private static final RunStatus PASSED = new RunStatus.Over(null, NOW);

    private final WatchedStream stream = new WatchedStream(
            ImageRef.parse("quay.io/org/golden:stable"), "boot", OnFirstSight.RUN, null, List.of(), null, true);
    private final Policy policy = new Policy(2, Duration.ofMinutes(1), Duration.ofMinutes(15));
    private final Decision first = policy.firstSight(stream, seen(0, Alarm.NONE));
    private final StreamState running = first.state();

    @Test
    void itsRunsSayThatTheyAreTheCanarys() {
        // When
        Decision decision = first;

        // Then
        assertThat(decision.announced())
                .singleElement()
                .satisfies(event -> assertThat(event.canary()).isTrue());
    }

    @Test
    void aStallAsksForItAtOnceAndOnce() {
        // Given
        Seen stalled = seen(6, stalled(5));

        // When
        Decision decision = policy.look(stream, running, stalled, PASSED);
        Decision meanwhile = policy.look(stream, decision.state(), stalled, BUSY);
        Decision after = policy.look(
                stream, decision.state(), seen(60, stalled(30)), new RunStatus.Over(null, NOW.plusSeconds(50)));

        // Then
        assertThat(decision.announced()).singleElement().satisfies(event -> {
            assertThat(event.trigger()).isEqualTo(Trigger.CANARY);
            assertThat(event.digest()).isEqualTo(GOLDEN);
            assertThat(event.generation()).isEqualTo(2);
            assertThat(event.canary()).isTrue();
        });
        assertThat(meanwhile.announced()).isEmpty();
        assertThat(after).isEqualTo(Decision.quiet(decision.state()));
    }

    @Test
    void aStallThatTheCanarysLastRunHasSeenAsksForNothing() {
        // When
        Decision decision = policy.look(stream, running, seen(60, stalled(-5)), PASSED);

        // Then
        assertThat(decision).isEqualTo(Decision.quiet(running));
    }

    @Test
    void whileItDoesNotPassItIsRunAgainAfterAPause() {
        // Given
        Alarm unwell = new Alarm(null, true);

        // When
        Decision early = policy.look(stream, running, seen(60, unwell), PASSED);
        Decision later = policy.look(stream, running, seen(900, unwell), PASSED);

        // Then
        assertThat(early.again()).isEqualTo(NOW.plusSeconds(900));
        assertThat(later.announced())
                .singleElement()
                .satisfies(event -> assertThat(event.trigger()).isEqualTo(Trigger.CANARY));
    }

    @Test
    void whenItErroredItIsFiredAgainAsAnyOtherFirstAndAfterThatOnlyAfterThePause() {
        // Given
        Alarm unwell = new Alarm(null, true);
        RunStatus errored = new RunStatus.Over(Fault.NO_ROOM, NOW);

        // When
        Decision first = policy.look(stream, running, seen(60, unwell), errored);
        Decision second = policy.look(stream, first.state(), seen(120, unwell), errored);
        Decision third = policy.look(stream, second.state(), seen(240, unwell), errored);
        Decision fourth = policy.look(stream, second.state(), seen(900, unwell), errored);

        // Then
        assertThat(first.announced().getFirst().trigger()).isEqualTo(Trigger.RETRY);
        assertThat(second.announced().getFirst().trigger()).isEqualTo(Trigger.RETRY);
        assertThat(third.announced()).isEmpty();
        assertThat(third.again()).isEqualTo(NOW.plusSeconds(900));
        assertThat(fourth.announced().getFirst().trigger()).isEqualTo(Trigger.CANARY);
        assertThat(fourth.state().retries()).isEqualTo(2);
    }

    @Test
    void nobodyElseIsRunBecauseTheLabIsUnwell() {
        // Given
        WatchedStream other =
                new WatchedStream(ImageRef.parse("quay.io/org/os:stable"), "boot", OnFirstSight.RUN, null);

        // When
        Decision decision = policy.look(other, running, seen(900, new Alarm(NOW.plusSeconds(60), true)), PASSED);

        // Then
        assertThat(decision.announced()).isEmpty();
    }

    private static Alarm stalled(int second) {
        return new Alarm(NOW.plusSeconds(second), false);
    }

    private static Seen seen(int second, Alarm alarm) {
        return new Seen(GOLDEN, null, null, null, Trigger.POLL, NOW.plusSeconds(second), alarm);
    }
}
