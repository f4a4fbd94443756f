/** A disk that is published as a file becomes a raw disk; the file is never trusted. */
@NullMarked
package dev.bootproof.diskbuilder.diskfile;

import org.jspecify.annotations.NullMarked;
