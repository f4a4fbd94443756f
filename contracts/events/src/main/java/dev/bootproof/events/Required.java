package dev.bootproof.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Refuses what is missing, by the name of the field. */
final class Required {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private Required() {}

    static void field(String field, @Nullable Object value, String advice) {
        if (value == null) {
            throw new MalformedEvent(field, "\"" + field + "\" is missing: " + advice);
        }
    }

    static void fields(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            field((String) namesAndValues[i], namesAndValues[i + 1], "every event of this type carries it");
        }
    }

    static void phase(int phase) {
        if (phase < 0) {
            throw new MalformedEvent("phase", "\"phase\" is " + phase + ": phases are counted from 0");
        }
    }

    /** An instant that anybody can mean, and that can be reckoned with. */
    static void instant(String field, Instant value) {
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new MalformedEvent(
                    field, "\"" + field + "\" is " + value + ": write an instant between " + FIRST + " and " + LAST);
        }
    }
}
