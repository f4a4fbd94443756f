/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder.diskfile;

import org.jspecify.annotations.NullMarked;
