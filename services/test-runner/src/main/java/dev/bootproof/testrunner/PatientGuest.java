package dev.bootproof.testrunner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.stage.StageFault;
import io.quarkus.logging.Log;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A guest that is entered again when the connection is lost, and the command with it. Before it is, the machine's owner
 * is asked what became of the machine, so that nobody judges a lost connection blind.
 *
 * <p>Failure: a machine that panicked, turned itself off, was killed or paused ends in the fault that says so; one that
 * runs and stays out of reach ends in {@code guest-lost}. After that every command fails at once.
 */
final class PatientGuest implements Guest {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final Supplier<Guest> way;
    private final Machine machine;
    private final Duration patience;
    private final Clock clock;
    private final Pause pause;
    private @Nullable Guest entered;
    private @Nullable StageFault lost;

    /**
     * @param way enters the guest
     * @param machine what its owner says about it
     * @param patience how long the guest may be out of reach, at least
     * @param clock tells the time
     * @param pause waits between attempts
     */
    PatientGuest(Supplier<Guest> way, Machine machine, Duration patience, Clock clock, Pause pause) {
        this.way = way;
        this.machine = machine;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Answer run(Command command) {
        if (lost != null) {
            throw lost;
        }
        try {
            return persist(command);
        } catch (StageFault e) {
            throw giveUp(e);
        }
    }

    /**
     * Tries once, in a guest that is expected to be out of reach for a while.
     *
     * @return nothing where it is
     * @throws StageFault when the machine has stopped, or somebody else answers
     */
    Optional<Answer> attempt(Command command) {
        try {
            return Optional.of(here().run(command));
        } catch (GuestUnreachable | CommandTooSlow e) {
            Log.debugf("the guest is out of reach: %s", e.getMessage());
            close();
            machine.state().ifPresent(PatientGuest::refuseStopped);
            return Optional.empty();
        }
    }

    /** From now on every command fails at once with this, which is given back. */
    StageFault giveUp(StageFault why) {
        lost = why;
        return why;
    }

    private Answer persist(Command command) {
        Instant began = clock.instant();
        Instant giveUp = began.plus(command.limit().compareTo(patience) > 0 ? command.limit() : patience);
        Instant due = began.plus(command.limit());
        while (true) {
            try {
                Duration left = Duration.between(clock.instant(), due);
                return here().run(left.isPositive() ? command.within(left) : command.within(LAST_LOOK));
            } catch (GuestUnreachable e) {
                Log.infof("the guest is out of reach: %s", e.getMessage());
                close();
                judge(e, giveUp);
                pause.take(BETWEEN_ATTEMPTS);
            }
        }
    }

    private void judge(GuestUnreachable e, Instant giveUp) {
        Optional<MachineState> state = machine.state();
        state.ifPresent(PatientGuest::refuseStopped);
        if (clock.instant().isBefore(giveUp)) {
            return;
        }
        String owner = state.isPresent() ? "the machine runs" : "the machine's owner did not answer";
        throw new StageFault(Fault.GUEST_LOST, Words.line(e.getMessage() + "; " + owner));
    }

    private static void refuseStopped(MachineState state) {
        String detail = Words.line(state.detail());
        switch (state.power()) {
            case RUNNING -> {}
            case PANICKED -> throw new StageFault(Fault.KERNEL_PANIC, detail);
            case OFF -> throw new StageFault(Fault.POWERED_OFF, detail.isEmpty() ? "while its suites ran" : detail);
            case KILLED -> throw new StageFault(Fault.MACHINE_KILLED, detail);
            case PAUSED -> throw new StageFault(Fault.MACHINE_PAUSED, detail);
        }
    }

    private Guest here() {
        Guest guest = entered;
        if (guest == null) {
            guest = way.get();
            entered = guest;
        }
        return guest;
    }

    /** Leaves the guest; the next command enters it anew. */
    @Override
    public void close() {
        if (entered != null) {
            entered.close();
            entered = null;
        }
    }
}
