package dev.bootproof.testrunner;

import dev.bootproof.events.SuiteResult;
import org.jspecify.annotations.Nullable;

/**
 * A step that need not be done again.
 *
 * @param result what came of it, or null for a restart that was asked for
 * @param boot for a restart, the boot that it ends: {@code /proc/sys/kernel/random/boot_id}; null for other steps
 * @param evidence what is kept of it
 */
public record FinishedStep(
        @Nullable SuiteResult result, @Nullable String boot, Evidence evidence) {
    /** A step with a result. */
    static FinishedStep of(SuiteResult result, Evidence evidence) {
        return new FinishedStep(result, null, evidence);
    }

    /** A restart that is asked for in this boot. */
    static FinishedStep restart(String boot) {
        return new FinishedStep(null, boot, new Evidence());
    }
}
