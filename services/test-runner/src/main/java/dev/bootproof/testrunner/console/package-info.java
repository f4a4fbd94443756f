/** What the console of a machine shows. */
@NullMarked
package dev.bootproof.testrunner.console;

import org.jspecify.annotations.NullMarked;
