package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");
    private static final Instant LONG_AGO = NOON.minusSeconds(1000);
    private static final ImageRef GOLDEN = ImageRef.parse("ghcr.io/org/golden:stable");

    @Test
    void aLabWithoutACanaryIsNotUnwell() {
        // When
        Canary canary = Canary.SILENT.after(said(1, Fault.KERNEL_PANIC, false));

        // Then
        assertThat(canary.last()).isEmpty();
        assertThat(canary.trouble(LONG_AGO)).isEmpty();
    }

    @Test
    void theLabIsUnwellSinceTheCanaryFirstDidNotPass() {
        // Given
        Canary canary = Canary.SILENT.after(said(1, null, true)).after(said(2, Fault.BOOT_STALLED, true));

        // When
        Canary later = canary.after(said(3, Fault.KERNEL_PANIC, true));

        // Then
        assertThat(later.trouble(LONG_AGO)).hasValueSatisfying(trouble -> {
            assertThat(trouble.since()).isEqualTo(NOON.plusSeconds(2));
            assertThat(trouble.sentence())
                    .isEqualTo("the canary ghcr.io/org/golden:stable failed at 2026-02-01T12:00:03Z: "
                            + "the kernel panicked: no more");
        });
    }

    @Test
    void theLabIsWellAgainWhenTheCanaryPasses() {
        // Given
        Canary unwell = Canary.SILENT.after(said(1, Fault.BOOT_STALLED, true));

        // When
        Canary well = unwell.after(said(2, null, true));

        // Then
        assertThat(unwell.trouble(LONG_AGO)).isPresent();
        assertThat(well.trouble(LONG_AGO)).isEmpty();
        assertThat(well.words()).hasSize(1);
    }

    @Test
    void inWhateverOrderItsVerdictsAreReadTheSameComesOfThem() {
        // Given
        TestsDone stalled = said(1, Fault.BOOT_STALLED, true);
        TestsDone passed = said(2, null, true);
        TestsDone panicked = said(3, Fault.KERNEL_PANIC, true);

        // When
        Canary forward = Canary.SILENT.after(stalled).after(passed).after(panicked);
        Canary backward =
                Canary.SILENT.after(panicked).after(passed).after(stalled).after(panicked);

        // Then
        assertThat(backward.trouble(LONG_AGO))
                .isEqualTo(forward.trouble(LONG_AGO))
                .isPresent();
    }

    @Test
    void aCanaryThatWasTakenAwaySaysNothing() {
        // Given
        Canary unwell = Canary.SILENT.after(said(1, Fault.BOOT_STALLED, true));

        // When
        Canary same = unwell.after(said(2, Fault.CANCELLED, true)).after(said(3, Fault.SUPERSEDED, true));

        // Then
        assertThat(same).isEqualTo(unwell);
    }

    @Test
    void whatItSaidLongAgoDoesNotCount() {
        // When
        Canary unwell = Canary.SILENT.after(said(1, Fault.BOOT_STALLED, true));

        // Then
        assertThat(unwell.trouble(NOON.plusSeconds(1))).isPresent();
        assertThat(unwell.trouble(NOON.plusSeconds(2))).isEmpty();
    }

    private static TestsDone said(int second, @Nullable Fault fault, boolean canary) {
        return new TestsDone(
                new RunId("golden-stable-00000000000" + second),
                GOLDEN,
                null,
                null,
                "golden",
                GOLDEN.stream(),
                (long) second,
                fault == null ? Verdict.PASSED : fault.verdict(),
                Stage.TEST_RUNNER,
                fault,
                fault == null ? "booted" : fault.sentence("no more"),
                Counts.NONE,
                List.of(),
                NOON.plusSeconds(second),
                null,
                canary);
    }
}
