/** A machine that is up becomes a verdict with its evidence. */
@NullMarked
package dev.bootproof.testrunner;

import org.jspecify.annotations.NullMarked;
