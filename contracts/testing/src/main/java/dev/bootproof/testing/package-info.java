/** The real peers that several modules are tested against: a broker with the contract's topics, a registry. */
@NullMarked
package dev.bootproof.testing;

import org.jspecify.annotations.NullMarked;
