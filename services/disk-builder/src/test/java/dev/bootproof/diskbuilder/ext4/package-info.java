/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder.ext4;

import org.jspecify.annotations.NullMarked;
