package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * What a machine's owner answers when asked about it, so that nobody judges a lost connection blind.
 *
 * @param runId the run
 * @param phase which phase, from 0
 * @param power what the machine is doing
 * @param detail evidence in a sentence: the panic line, the exit, the I/O error; empty while it runs
 * @param milestones how far the boot came, and when
 */
public record MachineState(RunId runId, int phase, Power power, String detail, List<Milestone> milestones) {
    public MachineState {
        Required.fields("runId", runId, "power", power, "detail", detail, "milestones", milestones);
        milestones = List.copyOf(milestones);
    }

    /** What a machine can be doing. */
    public enum Power {
        /** It runs. */
        RUNNING,
        /** Its kernel gave up. */
        PANICKED,
        /** The guest turned it off. */
        OFF,
        /** It is gone though the guest did not turn it off. */
        KILLED,
        /** It is stopped, as by an I/O error of the host. */
        PAUSED;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The power state with this word. */
        @JsonCreator
        public static Power of(String word) {
            return Words.pick(Power.class, "power", word);
        }
    }
}
