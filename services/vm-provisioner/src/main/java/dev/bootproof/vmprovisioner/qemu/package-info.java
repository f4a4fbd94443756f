/** Machines as QEMU processes on this host. */
@NullMarked
package dev.bootproof.vmprovisioner.qemu;

import org.jspecify.annotations.NullMarked;
