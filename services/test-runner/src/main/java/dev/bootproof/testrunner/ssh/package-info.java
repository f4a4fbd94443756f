/** The way into a guest, over SSH. */
@NullMarked
package dev.bootproof.testrunner.ssh;

import org.jspecify.annotations.NullMarked;
