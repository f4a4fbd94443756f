/** Layers become a tree of files, in memory; only contents touch the host's disk, under names that the image cannot choose. */
@NullMarked
package dev.bootproof.diskbuilder.rootfs;

import org.jspecify.annotations.NullMarked;
