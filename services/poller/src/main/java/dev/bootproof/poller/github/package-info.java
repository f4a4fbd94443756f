/** Pull requests over GitHub's REST API. */
@NullMarked
package dev.bootproof.poller.github;

import org.jspecify.annotations.NullMarked;
