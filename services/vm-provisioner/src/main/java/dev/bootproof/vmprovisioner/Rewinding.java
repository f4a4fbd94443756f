package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;
import dev.bootproof.events.MachineState;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.LeaseBook;
import dev.bootproof.vmprovisioner.Rooms.Room;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes machines back to where they were for the next suite: to a saved state, or to a fresh boot. Only while the run is
 * held, and one thing at a time for each machine.
 *
 * <p>Failure: a {@link Refusal}; a machine that was being booted afresh then shows how far it came.
 */
@Singleton
class Rewinding {
    private final Machines machines;
    private final Boots boots;
    private final Rooms rooms;
    private final LeaseBook book;
    private final Clock clock;
    private final OneAtATime turns = new OneAtATime();

    Rewinding(Machines machines, Boots boots, Rooms rooms, LeaseBook book, Clock clock) {
        this.machines = machines;
        this.boots = boots;
        this.rooms = rooms;
        this.book = book;
        this.clock = clock;
    }

    /** Saves the machine; empty where there is none. */
    Optional<MachineState> save(RunId run, int phase) {
        return done("saved", run, phase, Machine::save);
    }

    /** Puts the machine back as it was saved; empty where there is none. */
    Optional<MachineState> restore(RunId run, int phase) {
        return done("put back", run, phase, Machine::restore);
    }

    /** Boots the machine from a fresh clone and waits until it lets us in; empty where there is none. */
    Optional<MachineState> fresh(RunId run, int phase) {
        return done("booted afresh", run, phase, this::bootAfresh);
    }

    private Optional<MachineState> done(String what, RunId run, int phase, Consumer<Machine> work) {
        return machines.find(run, phase)
                .map(machine -> turns.with(machine.name(), () -> {
                    fence(run);
                    Instant begin = clock.instant();
                    machines.find(run, phase).ifPresent(work);
                    long took = Duration.between(begin, clock.instant()).toMillis();
                    Log.infof("machine %s in %d ms runId=%s phase=%d", what, took, run, phase);
                    return machines.find(run, phase).orElse(machine).state();
                }));
    }

    /** The room is asked for while the machine still has it, so that nobody else takes it between. */
    private void bootAfresh(Machine machine) {
        Order order = machine.order();
        switch (rooms.enter(order, order.plan().maxWait())) {
            case Rooms.Full(String how) -> throw new Refusal(Fault.NO_ROOM, how);
            case Room room -> {
                try (room) {
                    judge(boots.afresh(machine, order.planned().bootTimeout(), () -> fence(order.run())));
                }
            }
        }
    }

    private static void judge(BootResult.Final result) {
        switch (result) {
            case BootResult.Up(Machine _, String _) -> {}
            case BootResult.Failed(Machine _, Fault fault, String why) -> throw new Refusal(fault, why);
            case BootResult.NotStarted(Fault fault, String why) -> throw new Refusal(fault, why);
        }
    }

    private void fence(RunId run) {
        if (book.live(run).isEmpty()) {
            throw new Refusal("the run " + run + " is over: its machine is left as it is");
        }
    }
}
