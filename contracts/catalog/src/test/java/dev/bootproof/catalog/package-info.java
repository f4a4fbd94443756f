/** Tests of the catalog. */
@NullMarked
package dev.bootproof.catalog;

import org.jspecify.annotations.NullMarked;
