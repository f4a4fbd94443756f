package dev.bootproof.vmprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Fault;
import dev.bootproof.events.Milestone;
import dev.bootproof.vmprovisioner.WayIn.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a machine counts as up, and when nobody waits for it any more. */
class BootWatchTest {
    private static final Signal TARGET = new Signal.Reached(Milestone.Name.TARGET);
    private static final WayIn OPEN = (run, address, patience) -> new Answer.LetIn("sshd enabled by the image");
    private static final WayIn CLOSED = (run, address, patience) -> new Answer.NotYet("no SSH server answers");

    private final FakeMachine machine = new FakeMachine(FakeMachine.order("watched-000000000001"));

    @Test
    void aMachineThatLetsUsInIsUp() {
        // Given
        machine.tell(TARGET);
        // When
        BootResult result = watch(OPEN, Duration.ofSeconds(5));
        // Then
        assertThat(result).isEqualTo(new BootResult.Up(machine, "sshd enabled by the image"));
        assertThat(machine.story().reached(Milestone.Name.SSHD)).isTrue();
    }

    @Test
    void nobodyKnocksBeforeTheTarget() {
        // Given
        AtomicInteger knocks = new AtomicInteger();
        WayIn counting = (run, address, patience) -> new Answer.NotYet("knock " + knocks.incrementAndGet());
        // When
        BootResult result = watch(counting, Duration.ofMillis(300));
        // Then
        assertThat(knocks).hasValue(0);
        assertThat(result)
                .isInstanceOfSatisfying(
                        BootResult.Stalled.class,
                        stalled -> assertThat(stalled.evidence()).contains("started", "Run /init as init process"));
    }

    @Test
    void aTargetWithoutAWayInIsNoWayIn() {
        // Given
        machine.tell(TARGET);
        // When
        BootResult result = watch(CLOSED, Duration.ofSeconds(30));
        // Then
        assertThat(fault(result)).isEqualTo(Fault.NO_WAY_IN);
    }

    @Test
    void anotherHostKeyIsNotKnockedAtTwice() {
        // Given
        machine.tell(TARGET);
        // When
        BootResult result =
                watch((run, address, patience) -> new Answer.Stranger("it shows another key"), Duration.ofSeconds(30));
        // Then
        assertThat(fault(result)).isEqualTo(Fault.HOST_KEY_CHANGED);
    }

    @Test
    void aPanicIsNotWaitedOutWhileTheDoorIsSilent() {
        // Given
        machine.tell(TARGET);
        CountDownLatch never = new CountDownLatch(1);
        WayIn silent = (run, address, patience) -> {
            machine.tell(new Signal.Panicked("Fatal exception in interrupt"));
            awaitForEver(never);
            return new Answer.NotYet("no answer");
        };
        // When
        BootResult result = watch(silent, Duration.ofSeconds(60));
        // Then
        assertThat(fault(result)).isEqualTo(Fault.KERNEL_PANIC);
        never.countDown();
    }

    @Test
    void aRestartBetweenTargetAndDoorIsWaitedFor() {
        // Given
        machine.tell(TARGET);
        AtomicInteger knocks = new AtomicInteger();
        WayIn restarting = (run, address, patience) -> {
            if (knocks.incrementAndGet() == 1) {
                machine.tell(new Signal.Rebooted());
                machine.tell(TARGET);
                return new Answer.NotYet("it went away");
            }
            return new Answer.LetIn("sshd enabled by the image");
        };
        // When
        BootResult result = watch(restarting, Duration.ofSeconds(30));
        // Then
        assertThat(result).isInstanceOf(BootResult.Up.class);
        assertThat(machine.story().reboots()).isEqualTo(1);
    }

    private BootResult watch(WayIn door, Duration timeout) {
        Clock clock = Clock.systemUTC();
        return new BootWatch(door, new TestConfig(), clock)
                .watch(machine, clock.instant().plus(timeout));
    }

    private static Fault fault(BootResult result) {
        assertThat(result).isInstanceOf(BootResult.Failed.class);
        return ((BootResult.Failed) result).fault();
    }

    private static void awaitForEver(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
