package dev.bootproof.testrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.MachineState.Power;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.StageFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final String OLD = "11111111-1111-1111-1111-111111111111";
    private static final String NEW = "22222222-2222-2222-2222-222222222222";
    private static final String AWAY = "";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Deque<String> boots = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Ticking clock = new Ticking();
    private String detail = "";
    private String console = "";
    private int answer;

    @Test
    void aGuestIsBackWhenItIsInAnotherBoot() {
        // Given
        boots.addAll(List.of(OLD, AWAY, AWAY, NEW));

        // Then
        assertThatCode(() -> restart().from(OLD, TIMEOUT)).doesNotThrowAnyException();
        assertThat(asked)
                .filteredOn(line -> line.contains("guest/reboot " + OLD))
                .hasSize(1);
    }

    @Test
    void aGuestThatIsInAnotherBootAlreadyIsNotWaitedFor() {
        // Given
        boots.add(NEW);
        answer = 127;

        // When
        restart().from(OLD, TIMEOUT);

        // Then
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aGuestThatIsNotBackInTimeIsFoundWhereItStopped() {
        // Given
        boots.add(OLD);
        console = "[    1.0] Booting\n[    2.0] A start job is running for /dev/vdb\n";

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> restart().from(OLD, TIMEOUT))
                .withMessageContaining("180 s")
                .withMessageContaining("A start job is running for /dev/vdb")
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.REBOOT_FAILED));
        assertThat(clock.instant()).isBefore(Instant.EPOCH.plus(TIMEOUT.multipliedBy(2)));
    }

    @Test
    void aGuestInEmergencyModeIsNotWaitedFor() {
        // Given
        boots.add(OLD);
        detail = "You are in emergency mode.";

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> restart().from(OLD, TIMEOUT))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(Fault.EMERGENCY_MODE));
        assertThat(clock.instant()).isBefore(Instant.EPOCH.plusSeconds(30));
    }

    @Test
    void aGuestThatCannotBeAskedSaysWhy() {
        // Given
        boots.addAll(List.of(OLD, OLD));
        answer = 1;

        // Then
        assertThatExceptionOfType(StageFault.class)
                .isThrownBy(() -> restart().from(OLD, TIMEOUT))
                .withMessageContaining("no program restarts it");
    }

    private Restart restart() {
        Machine machine = new Owner();
        PatientGuest guest = new PatientGuest(Connection::new, machine, TIMEOUT, clock, clock::pass);
        return new Restart(guest, machine, clock, clock::pass);
    }

    /** A connection to a guest that is in the next boot; without a next one it stays as it is. */
    private final class Connection implements Guest {
        @Override
        public Answer run(Command command) {
            asked.add(command.line());
            if (command.line().contains("guest/reboot")) {
                return new Answer(answer, Content.of("no program restarts it"), "");
            }
            String boot = boots.size() > 1 ? boots.pop() : boots.element();
            if (boot.isEmpty()) {
                throw new GuestUnreachable("nobody answers", new IOException());
            }
            return new Answer(0, Content.of(boot + "\n"), "");
        }

        @Override
        public void close() {}
    }

    /** The machine's owner. */
    private final class Owner extends SilentMachine {
        @Override
        public Optional<MachineState> state() {
            RunId run = new RunId("demo-os-0123456789ab");
            return Optional.of(new MachineState(run, 0, Power.RUNNING, detail, List.of()));
        }

        @Override
        public Optional<Content> console() {
            return Optional.of(Content.of(console));
        }
    }
}
