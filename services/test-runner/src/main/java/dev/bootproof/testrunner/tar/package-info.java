/** Files to and from a guest, as one tar stream. */
@NullMarked
package dev.bootproof.testrunner.tar;

import org.jspecify.annotations.NullMarked;
