/** Evidence as artifacts in an OCI registry. */
@NullMarked
package dev.bootproof.testrunner.oci;

import org.jspecify.annotations.NullMarked;
