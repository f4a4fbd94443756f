package dev.bootproof.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's lease as everyone reads it: its lines folded, in the order of the topic.
 *
 * @param runId the run
 * @param state how far it is
 * @param until held: the run's deadline; ended: when cleanup is due; released: when it was done
 * @param pins what the first line fixed
 * @param lines every line that counted, oldest first
 */
public record Lease(
        RunId runId,
        CleanupDue.State state,
        Instant until,
        @Nullable Pins pins,
        List<CleanupDue> lines) {
    public Lease {
        lines = List.copyOf(lines);
    }

    /**
     * The lease after one more line: states go forward only, a step back is ignored, the first line's pins stay, and
     * a held lease is only ever prolonged.
     */
    public static Lease fold(@Nullable Lease before, CleanupDue line) {
        if (before == null) {
            return new Lease(line.runId(), line.state(), line.until(), line.pins(), List.of(line));
        }
        int step = line.state().compareTo(before.state);
        if (step < 0) {
            return before;
        }
        boolean shortens = step == 0 && line.until().isBefore(before.until);
        Instant until = shortens ? before.until : line.until();
        Pins pins = before.pins != null ? before.pins : line.pins();
        return new Lease(before.runId, line.state(), until, pins, append(before.lines, line));
    }

    private static List<CleanupDue> append(List<CleanupDue> lines, CleanupDue line) {
        CleanupDue[] all = lines.toArray(new CleanupDue[lines.size() + 1]);
        all[lines.size()] = line;
        return List.of(all);
    }

    /** Whether anything may be made for the run. */
    public boolean held() {
        return state == CleanupDue.State.HELD;
    }

    /** Whether this stage has said that its work for this phase starts. */
    public boolean begun(Stage stage, int phase) {
        return lines.stream().anyMatch(line -> line.by() == stage && line.phase() == phase);
    }
}
