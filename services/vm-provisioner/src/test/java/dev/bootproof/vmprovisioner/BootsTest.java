package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Milestone;
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.vmprovisioner.WayIn.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How often a machine is started, and with whom the fault lies. */
class BootsTest {
    private static final Signal TARGET = new Signal.Reached(Milestone.Name.TARGET);
    private static final Duration SOON = Duration.ofMillis(200);

    private final List<Integer> attempts = new ArrayList<>();

    @Test
    void aStallIsBootedOnceMoreAndThenTheLabGivesUp() {
        // Given
        Boots boots = boots(machines(machine -> {}));
        // When
        BootResult result = boots.bring(order(), SOON, () -> {});
        // Then
        assertThat(attempts).containsExactly(1, 2);
        assertThat(result)
                .isInstanceOfSatisfying(
                        BootResult.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.BOOT_STALLED));
    }

    @Test
    void aStallThatDoesNotComeAgainIsForgotten() {
        // Given
        Boots boots = boots(machines(machine -> {
            if (machine.attempt() == 2) {
                machine.tell(TARGET);
            }
        }));
        // When
        BootResult result = boots.bring(order(), SOON, () -> {});
        // Then
        assertThat(result).isInstanceOf(BootResult.Up.class);
    }

    @Test
    void aPanicIsTheImagesAndNotTriedAgain() {
        // Given
        Boots boots = boots(machines(machine -> machine.tell(new Signal.Panicked("Attempted to kill init!"))));
        // When
        BootResult result = boots.bring(order(), SOON, () -> {});
        // Then
        assertThat(attempts).containsExactly(1);
        assertThat(result)
                .isInstanceOfSatisfying(
                        BootResult.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.KERNEL_PANIC));
    }

    @Test
    void aMachineThatRunsIsGoneOnWith() {
        // Given
        Machines machines = machines(machine -> machine.tell(TARGET));
        machines.start(order());
        // When
        BootResult result = boots(machines).bring(order(), SOON, () -> {});
        // Then
        assertThat(attempts).containsExactly(1);
        assertThat(result).isInstanceOf(BootResult.Up.class);
    }

    @Test
    void aMachineThatWasUpIsNotStartedASecondTimeThoughItIsGone() {
        // Given
        Machines machines = machines(machine -> {
            machine.tell(new Signal.LetIn("sshd enabled by the image"));
            machine.tell(new Signal.Stopped());
        });
        machines.start(order());
        // When
        boots(machines).bring(order(), SOON, () -> {});
        // Then
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void aMachineThatWentDownWithTheHostIsStartedAfresh() {
        // Given
        Machines machines = machines(machine -> {
            machine.tell(attempts.size() == 1 ? new Signal.Gone("it was gone when the lab looked again") : TARGET);
        });
        machines.start(order());
        // When
        BootResult result = boots(machines).bring(order(), SOON, () -> {});
        // Then
        assertThat(attempts).containsExactly(1, 1);
        assertThat(result).isInstanceOf(BootResult.Up.class);
    }

    @Test
    void aMachineThatWasMadeWhileItsRunEndedIsTakenAwayAgain() {
        // Given
        List<Machine> made = new ArrayList<>();
        Boots boots = boots(machines(made::add));
        Runnable fence = () -> {
            if (!made.isEmpty()) {
                throw new NoLongerHeld(order().run());
            }
        };
        // When
        assertThatThrownBy(() -> boots.bring(order(), SOON, fence)).isInstanceOf(NoLongerHeld.class);
        // Then
        assertThat(made)
                .singleElement()
                .satisfies(machine -> assertThat(machine.story().alive()).isFalse());
    }

    private Machines machines(Consumer<Machine> atStart) {
        return new FakeMachines(machine -> {
            attempts.add(machine.attempt());
            atStart.accept(machine);
        });
    }

    private static Order order() {
        return FakeMachine.order("booted-000000000001");
    }

    private static Boots boots(Machines machines) {
        Clock clock = Clock.systemUTC();
        WayIn open = (run, address, patience) -> new Answer.LetIn("sshd enabled by the image");
        BootWatch watch = new BootWatch(open, new TestConfig(), clock);
        return new Boots(machines, watch, new SimpleMeterRegistry(), clock);
    }
}
