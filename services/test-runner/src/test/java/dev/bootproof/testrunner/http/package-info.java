@NullMarked
package dev.bootproof.testrunner.http;

import org.jspecify.annotations.NullMarked;
