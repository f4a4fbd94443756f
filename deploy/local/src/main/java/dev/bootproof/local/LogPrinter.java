package dev.bootproof.local;

import dev.bootproof.events.PlainText;

/**
 * Prints what parts said, each line with its part.
 *
 * @param terminal where
 */
record LogPrinter(Terminal terminal) {
    private static final int LONGEST = 1 << 16;

    /** A guest may have written it, so nothing in it drives the terminal. */
    void print(LogEntry entry) {
        entry.lines()
                .forEach(line -> terminal.line(terminal.quiet("%-14s |".formatted(entry.part())) + " "
                        + PlainText.lines(line.replace("\r", ""), LONGEST)));
    }
}
