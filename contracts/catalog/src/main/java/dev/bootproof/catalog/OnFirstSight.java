package dev.bootproof.catalog;

import java.util.Locale;

/** What to do with the digest that a stream has when it is seen for the first time. */
public enum OnFirstSight {
    /** Test it. */
    RUN,
    /** Only remember it, and test the next. */
    REMEMBER;

    static OnFirstSight of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
