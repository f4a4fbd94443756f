package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static CleanupDue held = example("held");

    private static CleanupDue example(String name) {
        try {
            Path file = Path.of("src/main/resources/contracts/examples/cleanup-due.v1." + name + ".json");
            return EventJson.read(Files.readAllBytes(file), CleanupDue.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void readExample() {
        held = example("held");
    }

    private static CleanupDue line(State state, int minutes, Stage by, @Nullable Pins pins) {
        return new CleanupDue(held.runId(), state, START.plusSeconds(60L * minutes), by, 0, START, pins, List.of());
    }

    private static Lease fold(CleanupDue... lines) {
        Lease lease = null;
        for (CleanupDue line : lines) {
            lease = Lease.fold(lease, line);
        }
        return Objects.requireNonNull(lease);
    }

    @Test
    void theFirstLinePinsAndLaterPinsAreNotAdopted() {
        // Given
        Pins first = Objects.requireNonNull(held.pins());
        Pins other =
                new Pins(first.image(), Digest.of("other"), Digest.of("x"), first.plan(), null, null, Trigger.MANUAL);
        // When
        Lease lease =
                fold(line(State.HELD, 10, Stage.DISK_BUILDER, first), line(State.HELD, 20, Stage.DISK_BUILDER, other));
        // Then
        assertThat(lease.pins()).isEqualTo(first);
        assertThat(lease.until()).isEqualTo(START.plusSeconds(1200));
    }

    @Test
    void aHeldLeaseIsNeverShortened() {
        // When
        Lease lease = fold(
                line(State.HELD, 20, Stage.DISK_BUILDER, held.pins()),
                line(State.HELD, 5, Stage.TEST_RUNNER, held.pins()));
        // Then
        assertThat(lease.until()).isEqualTo(START.plusSeconds(1200));
    }

    @Test
    void aStepBackIsIgnored() {
        // Given
        CleanupDue late = line(State.HELD, 99, Stage.TEST_RUNNER, held.pins());
        // When
        Lease lease = fold(
                line(State.HELD, 10, Stage.DISK_BUILDER, held.pins()),
                line(State.ENDED, 2, Stage.JANITOR, held.pins()),
                late,
                line(State.RELEASED, 3, Stage.JANITOR, held.pins()),
                late);
        // Then
        assertThat(lease.state()).isEqualTo(State.RELEASED);
        assertThat(lease.held()).isFalse();
        assertThat(lease.lines()).hasSize(3);
    }

    @Test
    void anEndedLeaseMayBeDueLater() {
        // When
        Lease lease = fold(line(State.ENDED, 2, Stage.JANITOR, null), line(State.ENDED, 30, Stage.JANITOR, null));
        // Then
        assertThat(lease.until()).isEqualTo(START.plusSeconds(1800));
    }

    @Test
    void theDeadlineCoversEveryStageThatRemains() {
        // Given
        Plan plan = Objects.requireNonNull(held.pins()).plan();
        // When
        var atBuild = plan.remaining(Stage.DISK_BUILDER, 0);
        var atBoot = plan.remaining(Stage.VM_PROVISIONER, 0);
        var atTest = plan.remaining(Stage.TEST_RUNNER, 0);
        // Then
        assertThat(atTest).hasMinutes(7);
        assertThat(atBoot).hasMinutes(7 + 6 + 30);
        assertThat(atBuild).hasMinutes(7 + 6 + 30 + 5 + 30);
    }
}
