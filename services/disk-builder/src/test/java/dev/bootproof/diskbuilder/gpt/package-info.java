/** Tests of the disk-builder. */
@NullMarked
package dev.bootproof.diskbuilder.gpt;

import org.jspecify.annotations.NullMarked;
