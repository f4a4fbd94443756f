/** A disk with partitions that UEFI boots, made of an image's files as an ordinary user, the same bytes each time. */
@NullMarked
package dev.bootproof.diskbuilder.gpt;

import org.jspecify.annotations.NullMarked;
