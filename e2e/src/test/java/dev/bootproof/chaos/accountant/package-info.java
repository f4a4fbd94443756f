/** The accountant is held to account: every violation that is seeded it must find, and none that is not there. */
@NullMarked
package dev.bootproof.chaos.accountant;

import org.jspecify.annotations.NullMarked;
