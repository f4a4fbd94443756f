package dev.bootproof.testrunner.oci;

import dev.bootproof.events.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What a phase means for its run, kept so that a runner that was killed right after keeping it says the same again.
 *
 * @param fault the row of the fault table, or null where all went well
 * @param evidence what stands in the row's sentence
 */
record Outcome(@Nullable Fault fault, String evidence) {}
