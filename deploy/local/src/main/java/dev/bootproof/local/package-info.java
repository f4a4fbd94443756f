/** The launcher of the lab on one machine: starts and stops its parts, fires runs and follows them. */
@NullMarked
package dev.bootproof.local;

import org.jspecify.annotations.NullMarked;
