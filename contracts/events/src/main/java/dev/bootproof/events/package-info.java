/** What the services say to each other: events, the values in them, and the pure functions that everyone must agree on. */
@NullMarked
package dev.bootproof.events;

import org.jspecify.annotations.NullMarked;
