package dev.bootproof.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void onlyWhatTheImageDidIsFailed() {
        // When
        Set<Fault> failed = Arrays.stream(Fault.values())
                .filter(fault -> fault.verdict() == Verdict.FAILED)
                .collect(Collectors.toSet());
        // Then
        assertThat(failed)
                .containsExactlyInAnyOrder(
                        Fault.IMAGE_UNREADABLE,
                        Fault.NOTHING_TO_BOOT,
                        Fault.KERNEL_PANIC,
                        Fault.ROOT_NOT_FOUND,
                        Fault.EMERGENCY_MODE,
                        Fault.POWERED_OFF,
                        Fault.REBOOT_LOOP,
                        Fault.SUITE_FAILED,
                        Fault.SUITE_TIMEOUT,
                        Fault.STEP_FAILED,
                        Fault.REBOOT_FAILED);
    }

    @Test
    void noRowPassesAndOnlyErroredOnesAreTriedAgain() {
        for (Fault fault : Fault.values()) {
            assertThat(fault.verdict()).isNotEqualTo(Verdict.PASSED);
            assertThat(fault.sentence("EVIDENCE")).contains("EVIDENCE");
            if (fault.retry() == Fault.Retry.AGAIN) {
                assertThat(fault.verdict()).isEqualTo(Verdict.ERRORED);
            }
        }
    }

    @Test
    void whatAStrangerSaysStaysOneBoundedLine() {
        // When
        String sentence = Fault.KERNEL_PANIC.sentence("\u001b[2Ja\nb\u202ec\u0000" + "d".repeat(100_000));
        // Then
        assertThat(sentence).startsWith("the kernel panicked: a bcdd").hasSizeLessThan(1100);
    }

    @Test
    void exitCodesTellTheVerdictsApartAndLeaveTwoToWrongUsage() {
        assertThat(Arrays.stream(Verdict.values()).map(Verdict::exitCode)).containsExactly(0, 1, 3, 4);
    }
}
