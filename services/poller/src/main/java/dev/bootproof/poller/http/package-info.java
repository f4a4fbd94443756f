/** Registries over HTTP: looks with conditional HEADs, and the notifications that registries send. */
@NullMarked
package dev.bootproof.poller.http;

import org.jspecify.annotations.NullMarked;
