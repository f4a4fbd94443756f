/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder.rootfs;

import org.jspecify.annotations.NullMarked;
