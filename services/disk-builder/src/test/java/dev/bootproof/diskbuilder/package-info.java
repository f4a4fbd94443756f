/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder;

import org.jspecify.annotations.NullMarked;
