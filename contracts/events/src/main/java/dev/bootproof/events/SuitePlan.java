package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step of a phase: a suite to run, or something to do with the machine between two suites.
 *
 * @param name the step's name; of a suite without a source, a directory below {@code suites/}
 * @param timeout how long it may take
 * @param step what it is; null for a suite
 * @param command what root runs in the guest, for {@link Step#COMMAND}
 * @param source where the suite comes from, if not from the lab's own: {@code git+https://host/repository@ref#path} or
 *     {@code oci://registry/repository:tag#path}
 * @param place where the suite runs; null for the guest
 * @param retries how often a suite with failed tests runs once more, to tell which of them are flaky
 */
public record SuitePlan(
        String name,
        Duration timeout,
        @Nullable Step step,
        @Nullable String command,
        @Nullable String source,
        @Nullable Place place,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int retries) {
    public SuitePlan {
        Required.fields("name", name, "timeout", timeout);
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new MalformedEvent("name", "\"" + name + "\" is no name for a suite: lower case, digits, dashes");
        }
        if ((step == Step.COMMAND) != (command != null)) {
            throw new MalformedEvent("command", "the step " + name + " needs \"step\": \"command\" with a command");
        }
    }

    /** A suite of the lab's own, in the guest, once. */
    public SuitePlan(String name, Duration timeout) {
        this(name, timeout, null, null, null, null, 0);
    }

    /** What it is. */
    public Step kind() {
        return step == null ? Step.SUITE : step;
    }

    /** Whether it runs beside the machine and not in it. */
    public boolean beside() {
        return place == Place.BESIDE;
    }

    /** How long it may take with every retry. */
    public Duration allowed() {
        return timeout.multipliedBy(1L + retries);
    }

    /** What a step can be. */
    public enum Step {
        /** Tests. */
        SUITE,
        /** The machine restarts and must come back. */
        REBOOT,
        /** A command, as {@code bootc switch} or {@code ostree admin deploy}, which must succeed. */
        COMMAND;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The step with this word. */
        @JsonCreator
        public static Step of(String word) {
            return Words.pick(Step.class, "step", word);
        }
    }

    /** Where a suite can run. */
    public enum Place {
        /** In the machine, with the guest's own Python or none. */
        GUEST,
        /** Beside test-runner, against the machine. */
        BESIDE;

        /** The word on the wire. */
        @JsonValue
        public String word() {
            return Words.of(this);
        }

        /** The place with this word. */
        @JsonCreator
        public static Place of(String word) {
            return Words.pick(Place.class, "place", word);
        }
    }
}
