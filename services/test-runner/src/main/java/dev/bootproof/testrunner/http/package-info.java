/** What a machine's owner answers about it, over HTTP. */
@NullMarked
package dev.bootproof.testrunner.http;

import org.jspecify.annotations.NullMarked;
