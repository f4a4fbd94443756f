package dev.bootproof.janitor.local;

import dev.bootproof.janitor.Holding.Machine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a machine's process and sees that it has ended. */
final class MachineEnd {
    private static final Duration SLICE = Duration.ofMillis(100);

    private final ProcessTable table;
    private final Duration patience;

    /**
     * @param table where the process is seen
     * @param patience how long a killed process may take to end
     */
    MachineEnd(ProcessTable table, Duration patience) {
        this.table = table;
        this.patience = patience;
    }

    /**
     * Kills the machine, if the process is still the one that was found: its handle is taken first and remembers when
     * the process began, so a number that was given to another process is left alone.
     *
     * @return whether it is gone
     */
    boolean kill(Machine machine) {
        Optional<ProcessHandle> handle = ProcessHandle.of(machine.pid());
        if (handle.isEmpty() || !same(machine)) {
            return true;
        }
        handle.get().destroyForcibly();
        return ended(machine, handle.get());
    }

    private boolean same(Machine machine) {
        return table.machine(machine.pid()).filter(machine::equals).isPresent();
    }

    /** Waits in slices, because a process that nobody buries never ends for its watchers but has no arguments left. */
    private boolean ended(Machine machine, ProcessHandle handle) {
        for (long slices = patience.dividedBy(SLICE); slices > 0; slices--) {
            if (exits(handle) || !same(machine)) {
                return true;
            }
        }
        return !same(machine);
    }

    private static boolean exits(ProcessHandle handle) {
        try {
            handle.onExit().get(SLICE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }
}
