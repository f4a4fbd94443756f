/** Proves after a storm that nothing was lost, nothing doubled, nothing left, and nothing blamed on the wrong one. */
@NullMarked
package dev.bootproof.chaos.accountant;

import org.jspecify.annotations.NullMarked;
