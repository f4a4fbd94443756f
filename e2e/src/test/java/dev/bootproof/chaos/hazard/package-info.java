/** What can go wrong with a lab does go wrong when it is asked to, and not otherwise. */
@NullMarked
package dev.bootproof.chaos.hazard;

import org.jspecify.annotations.NullMarked;
