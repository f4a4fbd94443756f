/** A disk becomes a machine that is up, or a verdict why not. */
@NullMarked
package dev.bootproof.vmprovisioner;

import org.jspecify.annotations.NullMarked;
