package dev.bootproof.local;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part of the lab said at once: a line with a time, and those below it that have none, as a stack trace.
 *
 * @param part who said it
 * @param at when
 * @param lines what
 */
record LogEntry(String part, Instant at, List<String> lines) {
    private static final Pattern PLAIN = Pattern.compile("^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9:]{8}),([0-9]{3}) .*");
    private static final Pattern REGISTRY = Pattern.compile("^time=\"([^\"]+)\" .*");

    LogEntry {
        lines = List.copyOf(lines);
    }

    /** The time that a line begins with: of this machine's clock as the services write it, or RFC 3339. */
    static Optional<Instant> time(String line) {
        try {
            Matcher plain = PLAIN.matcher(line);
            if (plain.matches()) {
                LocalDateTime local = LocalDateTime.parse(plain.group(1) + "T" + plain.group(2) + "." + plain.group(3));
                return Optional.of(local.atZone(ZoneId.systemDefault()).toInstant());
            }
            Matcher registry = REGISTRY.matcher(line);
            return registry.matches()
                    ? Optional.of(Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(registry.group(1))))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The entries that these lines are; what stands before the first time is as old as {@code before}. */
    static List<LogEntry> of(String part, List<String> lines, Instant before) {
        List<LogEntry> entries = new ArrayList<>();
        List<String> together = new ArrayList<>();
        Instant at = before;
        for (String line : lines) {
            Optional<Instant> begins = time(line);
            if (begins.isPresent() && !together.isEmpty()) {
                entries.add(new LogEntry(part, at, together));
                together.clear();
            }
            at = begins.orElse(at);
            together.add(line);
        }
        if (!together.isEmpty()) {
            entries.add(new LogEntry(part, at, together));
        }
        return entries;
    }

    boolean names(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }
}
