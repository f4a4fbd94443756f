package dev.bootproof.vmprovisioner;

import dev.bootproof.events.RunId;
import java.util.List;
import java.util.Optional;

/**
 * The machines of this lab.
 *
 * <p>Failure: whatever a start that did not succeed leaves behind carries the machine's name or lies in the run's
 * directory, where the janitor finds it.
 */
public interface Machines {
    /** Starts a machine on a fresh clone of its disk; what is left of an earlier boot of the phase is replaced. */
    StartResult start(Order order);

    /** The machine of this phase, running or gone, as long as anything of it is left; also one of an earlier process. */
    Optional<Machine> find(RunId run, int phase);

    /** All of which anything is left. */
    List<Machine> all();

    /** Calls the listener whenever a machine has gone. */
    void onGone(Runnable listener);
}
