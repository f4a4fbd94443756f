package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.CleanupDue.State;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchRunTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final RunId RUN = new RunId("demo-os-latest-0a1b2c3d4e5f");

    @Test
    void aDiskThatWasThereIsFoundAndNotMade() {
        // Given
        BenchRun run = BenchRun.UNKNOWN
                .asked(RUN, START)
                .line(held(Stage.DISK_BUILDER, 40))
                .diskReady(START.plusMillis(60));
        // Then
        assertThat(run.taken()).isEqualTo(Duration.ofMillis(40));
        assertThat(run.disk()).isZero();
        assertThat(run.found()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void theSecondLineOfDiskBuilderIsTheStartOfItsWork() {
        // Given
        BenchRun run = BenchRun.UNKNOWN
                .asked(RUN, START)
                .line(held(Stage.DISK_BUILDER, 40))
                .line(held(Stage.DISK_BUILDER, 100))
                .diskReady(START.plusMillis(5100))
                .line(held(Stage.VM_PROVISIONER, 5150));
        // Then
        assertThat(run.disk()).isEqualTo(Duration.ofSeconds(5));
        assertThat(run.found()).isZero();
        assertThat(run.toVm()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void quantilesAreTimesThatWereMeasured() {
        // Given
        Quantiles times = new Quantiles(List.of(seconds(9), seconds(1), seconds(2), seconds(3)));
        // Then
        assertThat(times.median()).isEqualTo(seconds(2));
        assertThat(times.p95()).isEqualTo(seconds(9));
    }

    private static CleanupDue held(Stage by, long millis) {
        Digest digest = Digest.of("image");
        Plan plan = new Plan(
                "demo",
                Recipe.blank(16),
                List.of(new PhasePlan("boot", 64, 1, seconds(60), List.of())),
                seconds(60),
                seconds(60));
        ImageRef image = ImageRef.parse("registry.example.org/demo-os:latest");
        Pins pins = new Pins(image, digest, digest, plan, null, null, Trigger.MANUAL);
        return new CleanupDue(
                RUN, State.HELD, START.plusSeconds(600), by, 0, START.plusMillis(millis), pins, List.of());
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
