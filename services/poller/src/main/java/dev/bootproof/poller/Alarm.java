package dev.bootproof.poller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What makes the canary be run whatever its schedule says.
 *
 * @param stalledAt when a boot stalled last without saying why; null where none did
 * @param unwell whether the canary did not pass last
 */
record Alarm(@Nullable Instant stalledAt, boolean unwell) {
    static final Alarm NONE = new Alarm(null, false);

    /** Whether a boot stalled and the canary has not ended since: one that was under way then has seen the same lab. */
    boolean unanswered(RunStatus canary) {
        return stalledAt != null
                && switch (canary) {
                    case RunStatus.None() -> true;
                    case RunStatus.Over(var _, Instant at) -> stalledAt.isAfter(at);
                    case RunStatus.Busy(), RunStatus.Lost() -> false;
                };
    }
}
