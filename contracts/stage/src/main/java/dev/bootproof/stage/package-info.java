/** What every service needs to take part in a run: the lease book, the claim on a run, the bus, verdicts and traces. */
@NullMarked
package dev.bootproof.stage;

import org.jspecify.annotations.NullMarked;
