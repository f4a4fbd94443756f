/** Makes the disks of a digest, once. */
@NullMarked
package dev.bootproof.diskbuilder;

import org.jspecify.annotations.NullMarked;
