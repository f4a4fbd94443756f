package dev.bootproof.stage;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Event;
import dev.bootproof.events.Fault;
import dev.bootproof.events.Lease;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.PhaseResult;
import dev.bootproof.events.Pins;
import dev.bootproof.events.RunEvent;
import dev.bootproof.events.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An event of a held run in the hands of a stage, with all that the stage may do to the run.
 *
 * @param <E> the event
 */
public final class Claim<E extends RunEvent> {
    private final E event;
    private final Pins pins;
    private final Work work;

    Claim(E event, Lease lease, Work work) {
        this.event = event;
        this.pins = Objects.requireNonNull(lease.pins(), "a held lease has pins");
        this.work = work;
    }

    /** What was said. */
    public E event() {
        return event;
    }

    /** The run. */
    public RunId runId() {
        return event.runId();
    }

    /** What is fixed for the run. */
    public Pins pins() {
        return pins;
    }

    /** This phase of the pinned plan. */
    public PhasePlan phase(int n) {
        return pins.plan().phases().get(n);
    }

    /**
     * Says that work for this phase starts now, which renews the lease for the stages that remain. It is renewed once:
     * a record that comes again and again, because it kills whoever takes it, still meets the run's deadline.
     *
     * @throws NoLongerHeld when the run is over
     */
    public void begin(int phase) {
        if (live().begun(work.stage(), phase)) {
            return;
        }
        Instant now = work.clock().instant();
        Instant until = now.plus(pins.plan().remaining(work.stage(), phase));
        Lease after = work.book()
                .write(new CleanupDue(
                        runId(), CleanupDue.State.HELD, until, work.stage(), phase, now, pins, List.of()));
        if (!after.held()) {
            throw new NoLongerHeld(runId());
        }
    }

    /**
     * The fence against a replica that was paused and woke up: reads the book to its end. To be called right before
     * every create and every effect that can be seen from outside.
     *
     * @throws NoLongerHeld when the run is over
     */
    public void fence() {
        live();
    }

    private Lease live() {
        return work.book().live(runId()).orElseThrow(() -> new NoLongerHeld(runId()));
    }

    /** Hands the run to the next stage. */
    public void send(Event next) {
        fence();
        work.bus().send(next);
    }

    /** Ends the run by the fault table. */
    public void end(Fault fault, String evidence, List<PhaseResult> phases) {
        fence();
        work.verdicts().end(runId(), pins, fault, evidence, phases);
    }

    /** Ends the run well. */
    public void pass(String reason, List<PhaseResult> phases) {
        fence();
        work.verdicts().pass(runId(), pins, reason, phases);
    }
}
