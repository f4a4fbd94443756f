/** The catalog: which streams are watched, and what is done with a new digest of them. */
@NullMarked
package dev.bootproof.catalog;

import org.jspecify.annotations.NullMarked;
