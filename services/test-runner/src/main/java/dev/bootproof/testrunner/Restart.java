package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.stage.StageFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A restart of a guest, told by the id that the kernel gives each boot. It is asked for in the boot that it ends and in
 * no other, so that asking again asks for nothing.
 *
 * <p>Failure: a guest that does not come back is judged by what the machine's owner says of it.
 */
final class Restart {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final String ID = "/proc/sys/kernel/random/boot_id";
    private static final Command BOOT = new Command("cat " + ID, SHORT);

    private final PatientGuest guest;
    private final Machine machine;
    private final Clock clock;
    private final Pause pause;

    Restart(PatientGuest guest, Machine machine, Clock clock, Pause pause) {
        this.guest = guest;
        this.machine = machine;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The boot that the guest is in.
     *
     * @throws StageFault when it does not say
     */
    String boot() {
        Answer answer = guest.run(BOOT);
        return id(answer).orElseThrow(() -> new StageFault(Fault.GUEST_LOST, "it names no boot: " + answer.summary()));
    }

    /**
     * Asks the guest to restart, where it is still in this boot, and waits until it is in another.
     *
     * @throws StageFault when it is not back in time, or the machine has stopped
     */
    void from(String boot, Duration timeout) {
        try {
            ask(boot);
            await(boot, timeout);
        } catch (StageFault e) {
            throw guest.giveUp(e);
        }
    }

    private void ask(String boot) {
        guest.attempt(new Command(GuestScripts.line("reboot", boot, ID), SHORT)).ifPresent(asked -> {
            if (asked.exit() != 0 && now().filter(boot::equals).isPresent()) {
                throw new StageFault(Fault.REBOOT_FAILED, "it cannot be asked: " + asked.summary());
            }
        });
    }

    private void await(String boot, Duration timeout) {
        Instant due = clock.instant().plus(timeout);
        while (stillIn(boot)) {
            refuseEmergency();
            if (!clock.instant().isBefore(due)) {
                throw new StageFault(Fault.REBOOT_FAILED, "it had " + timeout.toSeconds() + " s; " + whereItStopped());
            }
            pause.take(BETWEEN_ATTEMPTS);
        }
    }

    /** A guest that is out of reach is taken to be on its way. */
    private boolean stillIn(String boot) {
        return now().map(boot::equals).orElse(true);
    }

    private Optional<String> now() {
        return guest.attempt(BOOT).flatMap(Restart::id);
    }

    private static Optional<String> id(Answer answer) {
        return Optional.of(answer.output().text().strip()).filter(id -> id.matches("[0-9a-f-]{36}"));
    }

    private void refuseEmergency() {
        machine.state()
                .map(MachineState::detail)
                .filter(detail -> detail.contains("emergency"))
                .ifPresent(detail -> {
                    throw new StageFault(Fault.EMERGENCY_MODE, Words.line(detail));
                });
    }

    private String whereItStopped() {
        return machine.console()
                .map(Content::text)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> "its console ends with: " + Words.line(text.substring(text.lastIndexOf('\n') + 1)))
                .orElse("its console says nothing");
    }
}
