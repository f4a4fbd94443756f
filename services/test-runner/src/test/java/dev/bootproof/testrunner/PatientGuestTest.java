package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientGuestTest {
    private static final Command COMMAND = new Command("await-suite", Duration.ofSeconds(60));
    private static final Answer DONE = new Answer(0, Content.of("done"), "");

    private final Deque<Boolean> connections = new ArrayDeque<>();
    private final Ticking clock = new Ticking();
    private Optional<Power> power = Optional.of(Power.RUNNING);

    @Test
    void aLostConnectionIsMadeAgainAndTheCommandWithIt() {
        // Given
        connections.addAll(List.of(false, false, true));

        // When
        Answer answer = guest().run(COMMAND);

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(connections).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PANICKED,KERNEL_PANIC", "OFF,POWERED_OFF", "KILLED,MACHINE_KILLED", "PAUSED,MACHINE_PAUSED"})
    void aMachineThatStoppedSaysWhyTheConnectionWasLost(Power stopped, Fault fault) {
        // Given
        connections.add(false);
        power = Optional.of(stopped);

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> guest().run(COMMAND))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(fault));
    }

    @Test
    void aMachineThatRunsOutOfReachForTooLongIsLostAndNotAskedAgain() {
        // Given
        PatientGuest guest = guest();

        // When
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> guest.run(COMMAND))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.GUEST_LOST))
                .withMessageContaining("the machine runs");
        Instant gaveUp = clock.instant();

        // Then
        assertThat(gaveUp).isAfterOrEqualTo(Instant.EPOCH.plus(COMMAND.limit()));
        assertThatExceptionOfType(StageFault.class).isThrownBy(() -> guest.run(COMMAND));
        assertThat(clock.instant()).isBefore(gaveUp.plus(Duration.ofSeconds(1)));
    }

    @Test
    void aSilentOwnerDoesNotMakeTheImageRed() {
        // Given
        power = Optional.empty();

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> guest().run(COMMAND))
                .satisfies(thrown -> assertThat(thrown.fault().verdict().word()).isEqualTo("errored"));
    }

    @Test
    void aRunnerThatIsInterruptedDoesNotCallTheGuestLost() {
        // Given
        Stopping stopping = new Stopping();
        Clock time = Clock.systemUTC();
        PatientGuest guest = new PatientGuest(Connection::new, new Owner(), COMMAND.limit(), time, stopping::pause);
        Thread.currentThread().interrupt();

        // Then
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> guest.run(COMMAND));
        assertThat(Thread.interrupted()).isTrue();
    }

    private PatientGuest guest() {
        return new PatientGuest(Connection::new, new Owner(), Duration.ofSeconds(20), clock, clock::pass);
    }

    /** A connection that holds as long as the next entry says so; without an entry it breaks. */
    private final class Connection implements Guest {
        @Override
        public Answer run(Command command) {
            if (connections.isEmpty() || !connections.pop()) {
                throw new GuestUnreachable("the connection broke", new IOException());
            }
            return DONE;
        }

        @Override
        public void close() {}
    }

    /** The machine's owner. */
    private final class Owner extends SilentMachine {
        @Override
        public Optional<MachineState> state() {
            RunId run = new RunId("demo-os-0123456789ab");
            return power.map(doing -> new MachineState(run, 0, doing, "as it says", List.of()));
        }
    }
}
