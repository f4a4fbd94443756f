/** A stream that moved becomes an event. */
@NullMarked
package dev.bootproof.poller;

import org.jspecify.annotations.NullMarked;
