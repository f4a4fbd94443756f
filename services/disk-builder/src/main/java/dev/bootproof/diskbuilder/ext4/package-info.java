/** A tree of files becomes an ext4 image by e2fsprogs, as an ordinary user, the same bytes each time. */
@NullMarked
package dev.bootproof.diskbuilder.ext4;

import org.jspecify.annotations.NullMarked;
