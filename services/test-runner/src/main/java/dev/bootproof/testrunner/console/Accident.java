package dev.bootproof.testrunner.console;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that a console can show and a healthy machine's does not.
 *
 * @param id its name in the table
 * @param severity whether the machine is broken by it
 * @param test the sentence that is true when it did not happen; for a note, the one that is true when it did
 * @param pattern what its line looks like, without the kernel's clock
 * @param means what it says about the machine
 * @param link where it is explained
 */
public record Accident(String id, Severity severity, String test, Pattern pattern, String means, URI link) {
    /** How bad it is. */
    public enum Severity {
        /** The image is broken. */
        FAILS,
        /** Somebody should know; what it means cannot be told from the console alone. */
        NOTES
    }

    @JsonCreator
    static Accident of(
            @JsonProperty("id") String id,
            @JsonProperty("severity") String severity,
            @JsonProperty("test") String test,
            @JsonProperty("pattern") String pattern,
            @JsonProperty("means") String means,
            @JsonProperty("link") URI link) {
        Severity read = Severity.valueOf(severity.toUpperCase(Locale.ROOT));
        return new Accident(id, read, test, Pattern.compile(pattern), means, link);
    }
}
