/** A lease that is due becomes nothing left. */
@NullMarked
package dev.bootproof.janitor;

import org.jspecify.annotations.NullMarked;
