/** The way into a guest by SSH. */
@NullMarked
package dev.bootproof.vmprovisioner.ssh;

import org.jspecify.annotations.NullMarked;
