/** A verdict becomes a result that hangs on the tested digest, and a page that shows it. */
@NullMarked
package dev.bootproof.publisher;

import org.jspecify.annotations.NullMarked;
