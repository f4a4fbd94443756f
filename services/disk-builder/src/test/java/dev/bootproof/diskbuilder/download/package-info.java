/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder.download;

import org.jspecify.annotations.NullMarked;
