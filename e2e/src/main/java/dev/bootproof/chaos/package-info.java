/**
 * The proof under faults: a storm of runs on a real lab, struck by hazards that a seed draws, and what the world saw of
 * it, written down apart from what Bootproof says of itself.
 */
@NullMarked
package dev.bootproof.chaos;

import org.jspecify.annotations.NullMarked;
