@NullMarked
package dev.bootproof.testrunner.ssh;

import org.jspecify.annotations.NullMarked;
