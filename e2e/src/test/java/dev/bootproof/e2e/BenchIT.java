package dev.bootproof.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.e2e.Command.Outcome;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The benchmark measures what it says; how good the figures are no test decides on a noisy machine. */
@Order(14)
@Tag("slow")
@ExtendWith(LabExtension.class)
class BenchIT {
    private final Lab lab;

    BenchIT(Lab lab) {
        this.lab = lab;
    }

    @Test
    void everyPartOfARunIsMeasuredBesideTheSameWorkByHand() {
        // Given
        lab.up();
        // When
        Outcome bench = lab.bootproof("bench", "--only", "disk,runs,two", "--runs", "2");
        // Then
        System.out.println(bench.out());
        assertThat(bench.exit()).as(bench.toString()).isZero();
        assertThat(bench.out())
                .contains("push to event", "disk by hand", "boot by hand", "overhead", "two at once")
                .containsPattern("disk, Bootproof to by hand +\\d+\\.\\d\\dx")
                .containsPattern("boot, Bootproof to bare QEMU +\\d+\\.\\d\\dx");
    }
}
