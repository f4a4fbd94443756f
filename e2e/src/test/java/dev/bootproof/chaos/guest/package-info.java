/** The stand-in guest, by hand. */
@NullMarked
package dev.bootproof.chaos.guest;

import org.jspecify.annotations.NullMarked;
