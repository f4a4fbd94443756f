/** What runs have in the evidence repository. */
@NullMarked
package dev.bootproof.janitor.oci;

import org.jspecify.annotations.NullMarked;
