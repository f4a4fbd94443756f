/** How much one poller can watch, measured on the service as it is shipped; see the poller's README. */
@NullMarked
package dev.bootproof.poller.bench;

import org.jspecify.annotations.NullMarked;
