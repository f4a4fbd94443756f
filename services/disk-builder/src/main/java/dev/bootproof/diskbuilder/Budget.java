package dev.bootproof.diskbuilder;

import dev.bootproof.events.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * The time that a run has for all its disks together, as its plan says. A disk that is there already costs none of it.
 * Used by one thread.
 */
final class Budget {
    private final Plan plan;
    private final Clock clock;
    private final Runnable begin;
    private final Deadline inAll;
    private Duration making;
    private boolean begun;

    /**
     * @param plan what says how long making and waiting may take
     * @param begin called once, right before the first thing is made; what it throws ends the run
     */
    Budget(Plan plan, Clock clock, Runnable begin) {
        this.plan = plan;
        this.clock = clock;
        this.begin = begin;
        this.inAll = Deadline.in(plan.maxWait().plus(plan.buildTimeout()), clock);
        this.making = plan.buildTimeout();
    }

    /** Until when the disks must be there, whoever makes them. */
    Deadline inAll() {
        return inAll;
    }

    /** Until when to wait, from now, before something is made. */
    Deadline waiting() {
        Duration left = inAll.left();
        return Deadline.in(left.compareTo(plan.maxWait()) < 0 ? left : plan.maxWait(), clock);
    }

    /** Makes something in what is left of the time for that. */
    <T> T making(Function<Deadline, T> work) {
        if (!begun) {
            begin.run();
            begun = true;
        }
        Deadline deadline = Deadline.in(making, clock);
        try {
            return work.apply(deadline);
        } finally {
            making = deadline.left();
        }
    }
}
