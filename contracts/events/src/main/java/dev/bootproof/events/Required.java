package dev.bootproof.events;

import org.jspecify.annotations.Nullable;

/** Refuses what is missing, by the name of the field. */
final class Required {
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
}
