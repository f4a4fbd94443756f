@NullMarked
package dev.bootproof.testrunner.tar;

import org.jspecify.annotations.NullMarked;
