package dev.bootproof.local;

import java.util.regex.Pattern;

/**
 * Prints what parts said, each line with its part.
 *
 * @param terminal where
 */
record LogPrinter(Terminal terminal) {
    /** What a terminal would obey: a guest may have written it. */
    private static final Pattern ORDERS = Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cntrl}&&[^\\t]]");

    void print(LogEntry entry) {
        entry.lines()
                .forEach(line -> terminal.line(terminal.quiet("%-14s |".formatted(entry.part())) + " "
                        + ORDERS.matcher(line).replaceAll("")));
    }
}
