package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Fault;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.stage.StageFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicInteger begun = new AtomicInteger();
    private final Hand clock = new Hand();
    private final Budget budget = new Budget(plan(), clock, begun::incrementAndGet);

    @Test
    void allDisksOfARunShareItsTimeAndItBeginsOnce() {
        // Given
        budget.making(_ -> clock.move(Duration.ofMinutes(6)));

        // When
        Duration left = budget.making(Deadline::left);
        budget.making(_ -> clock.move(left));
        var late = assertThatThrownBy(() -> budget.making(deadline -> {
            deadline.check("a third disk");
            return deadline;
        }));

        // Then
        assertThat(left).isEqualTo(Duration.ofMinutes(4));
        assertThat(begun).hasValue(1);
        late.isInstanceOfSatisfying(StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUILD_TIMEOUT));
    }

    @Test
    void waitingIsBoundedByThePlanAndByWhatIsLeftInAll() {
        // Given
        Duration first = budget.waiting().left();

        // When
        clock.move(Duration.ofMinutes(14));

        // Then
        assertThat(first).isEqualTo(Duration.ofMinutes(5));
        assertThat(budget.waiting().left()).isEqualTo(Duration.ofMinutes(1));
    }

    private static Plan plan() {
        PhasePlan phase = new PhasePlan("boot", 256, 1, Duration.ofMinutes(1), List.of());
        return new Plan("test", Recipe.blank(16), List.of(phase), Duration.ofMinutes(10), Duration.ofMinutes(5));
    }

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.EPOCH;

        Instant move(Duration on) {
            now = now.plus(on);
            return now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
