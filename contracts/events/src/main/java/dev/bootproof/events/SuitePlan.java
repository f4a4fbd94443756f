package dev.bootproof.events;

import java.time.Duration;

/**
 * A suite to run in a phase.
 *
 * @param name the suite's name, a directory below {@code suites/}
 * @param timeout how long it may take
 */
public record SuitePlan(String name, Duration timeout) {
    public SuitePlan {
        Required.fields("name", name, "timeout", timeout);
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new MalformedEvent("name", "\"" + name + "\" is no name for a suite: lower case, digits, dashes");
        }
    }
}
