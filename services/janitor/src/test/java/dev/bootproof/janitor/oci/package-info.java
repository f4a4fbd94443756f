/** Finished steps in a real registry. */
@NullMarked
package dev.bootproof.janitor.oci;

import org.jspecify.annotations.NullMarked;
