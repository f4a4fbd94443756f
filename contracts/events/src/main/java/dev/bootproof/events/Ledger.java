package dev.bootproof.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which failing tests do not block, and until when. A test is written {@code suite: name}; patterns are regular
 * expressions that find something in it.
 *
 * @param known failures that somebody works on
 * @param fresh tests that are so new that their failure says as much about them as about the image
 */
public record Ledger(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Known> known,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fresh> fresh) {
    /** Every failure blocks. */
    public static final Ledger EMPTY = new Ledger(List.of(), List.of());

    public Ledger {
        known = known == null ? List.of() : List.copyOf(known);
        fresh = fresh == null ? List.of() : List.copyOf(fresh);
    }

    /**
     * A known failure.
     *
     * @param pattern which tests
     * @param tracker where it is worked on
     * @param until the last day on which it does not block
     */
    public record Known(String pattern, URI tracker, LocalDate until) {
        public Known {
            Required.fields("pattern", pattern, "tracker", tracker, "until", until);
            compiles(pattern);
        }
    }

    /**
     * A new test.
     *
     * @param pattern which tests
     * @param since its first day; it does not block for a month
     */
    public record Fresh(String pattern, LocalDate since) {
        /** How long a new test does not block. */
        public static final Period GRACE = Period.ofMonths(1);

        public Fresh {
            Required.fields("pattern", pattern, "since", since);
            compiles(pattern);
        }
    }

    private static void compiles(String pattern) {
        try {
            Pattern _ = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new MalformedEvent("pattern", "\"" + pattern + "\" is no regular expression: " + e.getDescription());
        }
    }
}
