/** What can go wrong with a lab, one class each. */
@NullMarked
package dev.bootproof.chaos.hazard;

import org.jspecify.annotations.NullMarked;
