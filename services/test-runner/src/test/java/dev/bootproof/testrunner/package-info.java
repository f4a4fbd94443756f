@NullMarked
package dev.bootproof.testrunner;

import org.jspecify.annotations.NullMarked;
