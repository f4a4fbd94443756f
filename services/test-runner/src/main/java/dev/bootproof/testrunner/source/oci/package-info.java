/** Suites from registries. */
@NullMarked
package dev.bootproof.testrunner.source.oci;

import org.jspecify.annotations.NullMarked;
