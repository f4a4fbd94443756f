@NullMarked
package dev.bootproof.testrunner.source;

import org.jspecify.annotations.NullMarked;
