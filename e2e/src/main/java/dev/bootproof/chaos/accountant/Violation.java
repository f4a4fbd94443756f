package dev.bootproof.chaos.accountant;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that breaks the claim.
 *
 * @param kind how
 * @param run the run that it is about, or what else it is about where that is no run
 * @param seen one sentence that says what was seen where
 */
public record Violation(Kind kind, String run, String seen) {
    static final Comparator<Violation> BY_RUN =
            Comparator.comparing(Violation::run).thenComparing(Violation::kind).thenComparing(Violation::seen);

    /** How the claim is broken. */
    public enum Kind {
        /** An event without a verdict, or a verdict without its end. */
        LOST,
        /** Something that happened twice, or to a run that was over. */
        DOUBLED,
        /** Something that is still there. */
        LEAKED,
        /** A verdict that blames the wrong one. */
        WRONG_KIND;

        /** In plain words. */
        @JsonValue
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
