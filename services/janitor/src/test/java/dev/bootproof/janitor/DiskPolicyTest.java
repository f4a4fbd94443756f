package dev.bootproof.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Digest;
import dev.bootproof.events.DiskPlan;
import dev.bootproof.events.Lease;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.Stage;
import dev.bootproof.janitor.DiskStore.GoldenDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskPolicyTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final DiskPolicy policy = new DiskPolicy(WEEK, 100, Duration.ofMinutes(1));

    @Test
    void aDiskUnusedForTooLongGoes() {
        // Given
        GoldenDisk old = disk("old", WEEK.plusHours(1), 10);
        GoldenDisk recent = disk("recent", WEEK.minusHours(1), 10);

        // When
        List<GoldenDisk> going = policy.superfluous(List.of(old, recent), List.of(), NOW);

        // Then
        assertThat(going).containsExactly(old);
    }

    @Test
    void theLongestUnusedGoUntilTheRestFits() {
        // Given
        GoldenDisk first = disk("first", Duration.ofDays(3), 60);
        GoldenDisk second = disk("second", Duration.ofDays(2), 60);
        GoldenDisk third = disk("third", Duration.ofSeconds(1), 30);

        // When
        List<GoldenDisk> going = policy.superfluous(List.of(third, second, first), List.of(), NOW);

        // Then
        assertThat(going).containsExactly(first);
    }

    @Test
    void aDiskThatALiveLeaseNamesStays() {
        // Given
        GoldenDisk old = disk("old", WEEK.multipliedBy(4), 1000);
        Lease lease = new Lease(Samples.run(), State.ENDED, NOW.plusSeconds(60), Samples.pins("old"), List.of());

        // When
        List<GoldenDisk> going = policy.superfluous(List.of(old), List.of(lease), NOW);

        // Then
        assertThat(going).isEmpty();
    }

    @Test
    void anEmptyDiskThatThePlanOfALiveLeaseHasStays() {
        // Given
        Instant made = NOW.minus(WEEK.multipliedBy(4));
        GoldenDisk empty = new GoldenDisk("empty", Digest.of("any"), Recipe.blank(64), made, 1);
        GoldenDisk other = new GoldenDisk("other", Digest.of("any"), Recipe.blank(65), made, 1);
        Pins pins = Samples.pinsWith(List.of(new DiskPlan("target", Recipe.blank(64))));
        Lease lease = new Lease(Samples.run(), State.HELD, NOW.plusSeconds(60), pins, List.of());

        // When
        List<GoldenDisk> going = policy.superfluous(List.of(empty, other), List.of(lease), NOW);

        // Then
        assertThat(going).containsExactly(other);
    }

    @Test
    void aReleasedRunCountsAsItsLastUse() {
        // Given
        GoldenDisk old = disk("old", WEEK.multipliedBy(4), 10);
        var run = Samples.run();
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        var line = new CleanupDue(
                run, State.RELEASED, yesterday, Stage.JANITOR, 0, yesterday, Samples.pins("old"), List.of());

        // When
        List<GoldenDisk> going = policy.superfluous(List.of(old), List.of(Lease.fold(null, line)), NOW);

        // Then
        assertThat(going).isEmpty();
    }

    private static GoldenDisk disk(String content, Duration unused, long bytes) {
        return new GoldenDisk(content, Digest.of(content), null, NOW.minus(unused), bytes);
    }
}
