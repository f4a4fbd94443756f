package dev.bootproof.testrunner.oci;

import dev.bootproof.events.SuiteResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of a step, kept so that a runner that takes the phase over does not do it again.
 *
 * @param result what came of it, or null for a restart that was asked for
 * @param boot for a restart, the boot that it ends
 */
record StepRecord(@Nullable SuiteResult result, @Nullable String boot) {}
