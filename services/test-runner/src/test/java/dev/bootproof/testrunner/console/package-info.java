@NullMarked
package dev.bootproof.testrunner.console;

import org.jspecify.annotations.NullMarked;
