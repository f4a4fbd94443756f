/** Suites from git repositories. */
@NullMarked
package dev.bootproof.testrunner.source.git;

import org.jspecify.annotations.NullMarked;
